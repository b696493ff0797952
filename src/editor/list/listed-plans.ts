import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import { applyPlan } from "../../plan/apply.ts";
import { MessageError } from "../../plan/message.ts";
import type { Plan } from "../../plan/plan.ts";
import { withoutNoChanges } from "../../plan/plan.ts";
import type { FolderState } from "../folder-state.ts";
import type { Folders } from "../folders.ts";
import type { Log } from "../log.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import { createProposalFiles, LIST_SCHEME } from "../proposal-files.ts";
import { saveUnsaved } from "../unsaved.ts";
import { deleteForGood, mayDelete } from "./delete-environments.ts";
import { messageOf, sayApplied } from "./list-words.ts";
import type { Listed, Open } from "./listed.ts";
import { createListedDiff } from "./listed-diff.ts";
import type { Answers, Listing, Row } from "./listing.ts";
import { stillMeant, toggle } from "./listing.ts";
import { openRow } from "./open-row.ts";
import { createListTree, VIEW } from "./tree.ts";

/** The one list of the window: what is shown in it, ticked, looked at, applied. */
export interface ListedPlans extends vscode.Disposable {
  show(folder: FolderState, listed: Listed): Promise<void>;
  /** Opens what a row is about: the file's diff at its line, or the file. */
  open(row: Row): Promise<void>;
  useOtherForm(row: Row): void;
  apply(): Promise<void>;
  discard(): Promise<void>;
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
    tree.label(next.listed.title, next.folder.folder.name, messageOf(next.listing));
    setContext("oneVenv.listing", true);
    setContext("oneVenv.listed", next.listed.id);
    setContext("oneVenv.listApplies", hasWork(next.listing));
  };
  /** Each tick is planned with all that were given; the last one is what is shown. */
  const replan = oneAtATime(async () => {
    const current = open;
    if (!current) return;
    const listing = await withProgress(() => current.planner(current.answers));
    if (open === current) set({ ...current, listing });
  });
  const answer = (answers: Answers) => {
    if (!open) return;
    open = { ...open, answers };
    replan().catch((error) => log.error("Planning with what is ticked", error));
  };
  /** Reads again; what was ticked stays, as far as it still means something. */
  const planAnew = async (current: Open) => {
    const folder = folders.of(current.folder.folder.uri) ?? current.folder;
    const planner = await current.listed.read(folder);
    const fresh = await planner(NO_ANSWERS);
    const answers = stillMeant(current.listing, fresh, current.answers);
    const listing = isEmpty(answers) ? fresh : await planner(answers);
    return { ...current, folder, planner, answers, listing };
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
      const again = open?.listed.id === listed.id && open.folder.root === folder.root ? open : null;
      const next = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title: `One Venv: ${listed.title}` },
        async () => {
          if (again) return planAnew(again);
          const planner = await listed.read(folder);
          return { planner, answers: NO_ANSWERS, listing: await planner(NO_ANSWERS) };
        },
      );
      if (!again) await end();
      const diff = again?.diff ?? createListedDiff(files, folder.folder.name);
      set({ ...next, folder, listed, diff });
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
        // What was ticked a moment ago may still be planned.
        await replan();
        const planned = open;
        if (!planned || (await isStale(planned))) return;
        const [first] = planned.listing.first;
        if (first !== undefined) throw new MessageError(`Nothing was written. ${first}`);
        if (hasWork(planned.listing)) await write(planned);
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

function withProgress<T>(work: () => Promise<T>): Thenable<T> {
  return vscode.window.withProgress({ location: { viewId: VIEW } }, work);
}

function isEmpty({ toggled, seconds }: Answers): boolean {
  return toggled.size + seconds.size === 0;
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
