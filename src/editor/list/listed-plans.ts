import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import { applyPlan } from "../../plan/apply.ts";
import type { Plan } from "../../plan/plan.ts";
import { withoutNoChanges } from "../../plan/plan.ts";
import type { FolderState } from "../folder-state.ts";
import type { Folders } from "../folders.ts";
import type { Log } from "../log.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import { createProposalFiles, LIST_SCHEME } from "../proposal-files.ts";
import { saveUnsaved } from "../unsaved.ts";
import { deleteForGood, mayDelete } from "./delete-environments.ts";
import type { ListedDiff } from "./listed-diff.ts";
import { createListedDiff } from "./listed-diff.ts";
import type { Answers, Listing, Planner, Row } from "./listing.ts";
import { rowsOf, stillMeant, toggle } from "./listing.ts";
import { createListTree } from "./tree.ts";

/** A plan that is shown as a list with tick boxes. */
export interface Listed {
  /** What the list is called, and the command that shows it. */
  readonly title: string;
  /** Which text stands there while it is empty. */
  readonly id: "migration" | "removal" | "checks";
  /** Whether a change of this file (relative to the root, with `/`) changes the plan. */
  isRead(path: string): boolean;
  /** Reads the files. */
  read(folder: FolderState): Promise<Planner>;
  /** What is offered after it was applied: a title, and the command that runs with the folder. */
  readonly next: { readonly title: string; readonly command: string } | null;
}

/** The one list of the window: what is shown in it, ticked, looked at, applied. */
export interface ListedPlans extends vscode.Disposable {
  show(folder: FolderState, listed: Listed): Promise<void>;
  /** Opens what a row is about: the file's diff at its line, or the file. */
  open(row: Row): Promise<void>;
  useOtherForm(row: Row): void;
  apply(): Promise<void>;
  discard(): Promise<void>;
}

interface Open {
  readonly folder: FolderState;
  readonly listed: Listed;
  readonly diff: ListedDiff;
  readonly planner: Planner;
  readonly answers: Answers;
  readonly listing: Listing;
}

const NO_ANSWERS: Answers = { toggled: new Set(), seconds: new Set() };

export function createListedPlans(folders: Folders, log: Log): ListedPlans {
  const files = createProposalFiles(LIST_SCHEME);
  const tree = createListTree();
  let open: Open | null = null;
  let applying = false;

  const set = (next: Open) => {
    open = next;
    next.diff.publish(next.listing.plan);
    tree.show(next.listing);
    tree.label(next.listed.title, next.folder.folder.name, messageOf(next));
    setContext("oneVenv.listing", true);
    setContext("oneVenv.listed", next.listed.id);
    setContext("oneVenv.listApplies", hasWork(next.listing));
  };
  const answer = (answers: Answers) => {
    if (open) set({ ...open, answers, listing: open.planner(answers) });
  };
  /** Reads again; what was ticked stays, as far as it still means something. */
  const planAnew = async (current: Open) => {
    const folder = folders.of(current.folder.folder.uri) ?? current.folder;
    const planner = await current.listed.read(folder);
    const fresh = planner(NO_ANSWERS);
    const answers = stillMeant(current.listing, fresh, current.answers);
    return { ...current, folder, planner, answers, listing: planner(answers) };
  };
  /** What is left for a person follows the files; a plan with work in it waits for Apply. */
  const follow = oneAtATime(async () => {
    const current = open;
    if (!current || applying || hasWork(current.listing)) return;
    const next = await planAnew(current);
    if (open === current) set(next);
  });
  const following = folders.onDidChange(() => {
    follow().catch((error) => log.error("Looking at what is left", error));
  });
  const ticking = tree.onDidTick((rows) => {
    if (!open) return;
    const toggled = rows.reduce((ids, { id }) => toggle(ids, id), open.answers.toggled);
    answer({ ...open.answers, toggled });
  });

  /** True where files changed since the plan was made: then it is made again and shown. */
  const isStale = async (current: Open): Promise<boolean> => {
    const next = await planAnew(current);
    const changed = changedIn(current.listing.plan, next.listing.plan);
    const same = isDeepStrictEqual(current.listing.environments, next.listing.environments);
    if (changed.length === 0 && same) return false;
    set(next);
    await tree.focus();
    const what = changed.length > 0 ? changed.join(", ") : current.listing.environments.join(", ");
    const text = `Changed since the plan was made: ${what}. Nothing was written; it was planned again. Look at it, then Apply.`;
    void vscode.window.showWarningMessage(text);
    return true;
  };
  const end = async () => {
    const { diff } = open ?? {};
    open = null;
    tree.show(null);
    setContext("oneVenv.listing", false);
    await diff?.close();
    files.clear();
  };
  const write = async (current: Open) => {
    const { root } = current.folder;
    const { plan, environments } = current.listing;
    if (environments.length > 0 && !(await mayDelete(root, environments))) return;
    const written = await applyPlan(root, plan);
    await current.diff.close();
    const kept = await deleteForGood(root, environments);
    await folders.refresh();
    // Everything that was ticked is done: what comes now is what is left.
    const next = await planAnew(current);
    if (open === current) set(next);
    await tree.focus();
    sayApplied(next, written.length, environments.length - kept.length);
    if (kept.length > 0) void vscode.window.showErrorMessage(kept.join(" "));
  };
  return {
    show: async (folder, listed) => {
      if (!(await saveUnsaved(folder, listed.isRead))) return;
      const planner = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title: `One Venv: ${listed.title}` },
        () => listed.read(folder),
      );
      const before = open;
      const again = before?.listed.id === listed.id && before.folder.root === folder.root;
      const fresh = planner(NO_ANSWERS);
      const answers = again ? stillMeant(before.listing, fresh, before.answers) : NO_ANSWERS;
      if (!again) await end();
      const diff = again ? before.diff : createListedDiff(files, folder.folder.name);
      set({ folder, listed, diff, planner, answers, listing: planner(answers) });
      await tree.focus();
    },
    open: async (row) => {
      if (open) await openRow(open, row);
    },
    useOtherForm: ({ id }) => {
      if (open) answer({ ...open.answers, seconds: toggle(open.answers.seconds, id) });
    },
    apply: async () => {
      const current = open;
      if (!current || applying) return;
      if (!(await saveUnsaved(current.folder, current.listed.isRead))) return;
      applying = true;
      try {
        if (await isStale(current)) return;
        if (hasWork(current.listing)) await write(current);
        else
          void vscode.window.showInformationMessage(
            "Nothing is ticked: there is nothing to write.",
          );
      } finally {
        applying = false;
      }
    },
    discard: end,
    dispose: () => vscode.Disposable.from(following, ticking, tree, files).dispose(),
  };
}

function setContext(key: string, value: boolean | string): void {
  void vscode.commands.executeCommand("setContext", key, value);
}

function hasWork({ plan, environments }: Listing): boolean {
  return withoutNoChanges(plan).changes.length > 0 || environments.length > 0;
}

/** The paths whose change is not what it was when the plan was made. Sorted. */
function changedIn(before: Plan, now: Plan): string[] {
  const byPath = ({ changes }: Plan) => new Map(changes.map((one) => [one.path, one]));
  const [old, fresh] = [byPath(before), byPath(now)];
  const paths = [...new Set([...old.keys(), ...fresh.keys()])].sort();
  return paths.filter((path) => !isDeepStrictEqual(old.get(path), fresh.get(path)));
}

/** The diff where the plan has the row's file, or would have it; else the file at its line. */
async function openRow({ folder, diff, listing, planner, answers }: Open, row: Row) {
  const changeOf = ({ plan }: Listing) => plan.changes.find(({ path }) => path === row.path);
  const made = row.tick !== false;
  const shown = made
    ? { listing, row }
    : asTicked(planner({ ...answers, toggled: toggle(answers.toggled, row.id) }), row);
  const change = changeOf(shown.listing);
  if (change) return diff.open(shown.row, change, made);
  const uri = vscode.Uri.file(`${folder.root}/${row.path}`);
  if (row.icon === "folder") {
    await vscode.commands.executeCommand("revealInExplorer", uri);
    return;
  }
  const line = (row.line ?? 1) - 1;
  await vscode.window.showTextDocument(uri, {
    preview: true,
    preserveFocus: true,
    selection: new vscode.Range(line, 0, line, 0),
  });
}

function asTicked(listing: Listing, row: Row): { listing: Listing; row: Row } {
  return { listing, row: rowsOf(listing).find(({ id }) => id === row.id) ?? row };
}

function messageOf({ listing }: Open): string {
  // A text of its own stands in an empty list, where nothing is above it.
  if (listing.groups.length === 0) return "";
  if (!vscode.workspace.isTrusted) return "This folder is not trusted: it is shown, not written.";
  const { environments, plan } = listing;
  const count = withoutNoChanges(plan).changes.length;
  const canTick = rowsOf(listing).some(({ tick }) => tick !== null);
  if (count + environments.length === 0) return canTick ? "Nothing is ticked." : "";
  const files = count === 1 ? "1 file" : `${count} files`;
  const folders =
    environments.length === 1 ? "1 environment" : `${environments.length} environments`;
  const deleted = environments.length > 0 ? `, and deletes ${folders}` : "";
  return `Apply changes ${files}${deleted}.`;
}

function sayApplied({ folder, listed }: Open, files: number, environments: number): void {
  const parts = [
    ...(files > 0 ? [`${files} ${files === 1 ? "file" : "files"} changed`] : []),
    ...(environments > 0
      ? [`${environments} ${environments === 1 ? "environment" : "environments"} deleted`]
      : []),
  ];
  const { next } = listed;
  const buttons = [...(next ? [next.title] : []), ...(files > 0 ? ["Undo"] : [])];
  const text = `${listed.title}: ${parts.join(", ")}.`;
  void vscode.window.showInformationMessage(text, ...buttons).then(async (button) => {
    if (button === "Undo") await vscode.commands.executeCommand("oneVenv.undo", folder.folder.uri);
    else if (button && next) await vscode.commands.executeCommand(next.command, folder.folder.uri);
  });
}
