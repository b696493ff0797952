import { relative } from "node:path";
import * as vscode from "vscode";
import type { Compared, Comparison, OldPython } from "../../commands/compare-runs.ts";
import { compareRuns, comparison, endText, oldPythons } from "../../commands/compare-runs.ts";
import { gatherMigration } from "../../commands/migration.ts";
import type { CapturedRun } from "../../environment/captured-run.ts";
import type { Hands } from "../../environment/ground.ts";
import { MessageError } from "../../plan/message.ts";
import type { FolderState } from "../folder-state.ts";
import { scriptPath } from "../task.ts";

const SCHEME = "one-venv-run";

/** Compare a Script: what it says to `--help` with its old Python and through the runner. */
export interface Comparing extends vscode.Disposable {
  compare(folder: FolderState): Promise<void>;
}

export function createComparing(hands: Hands): Comparing {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? "",
  });
  const put = (side: string, script: string, run: CapturedRun) => {
    const uri = vscode.Uri.from({ scheme: SCHEME, authority: side, path: `/${script}.txt` });
    texts.set(uri.toString(), `${run.output.trimEnd()}\n\n${endText(run)}\n`);
    changed.fire(uri);
    return uri;
  };
  const show = async (state: FolderState, compared: Compared) => {
    const { script, oldRun, newRun, same, old } = compared;
    const sides = [put("old", script, oldRun), put("new", script, newRun)];
    const title = `${script} --help: ${shown(state, old.path)} ↔ runner`;
    await vscode.commands.executeCommand("vscode.diff", ...sides, title, { preview: true });
    const text = same
      ? `${script} --help says the same with both, ${endText(newRun)}.`
      : `${script} --help differs: ${endText(oldRun)} with ${shown(state, old.path)}, ${endText(newRun)} through the runner.`;
    if (same) void vscode.window.showInformationMessage(text);
    else void vscode.window.showWarningMessage(text);
  };
  return {
    compare: async (state) => {
      if (!state.health.report?.built)
        throw new MessageError("There is no central venv yet: build it first.");
      const script = await pickScript(state);
      if (script === undefined) return;
      const old = await pickPython(state, script, hands);
      if (old === undefined) return;
      if (old === TYPED) return runTyped(state);
      const pair = comparison(state.root, script, old);
      if (!(await mayRun(pair))) return;
      await show(state, await withProgress(script, (signal) => compareRuns(pair, signal)));
    },
    dispose: () => vscode.Disposable.from(provider, changed).dispose(),
  };
}

/** The script in front comes first. */
async function pickScript({ root, scan }: FolderState): Promise<string | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const front = active && scriptPath(root, active);
  const paths = scan.scripts.map(({ path }) => path);
  if (paths.length === 0) throw new MessageError("There is no script here to compare.");
  const sorted = paths.toSorted((a, b) => Number(b === front) - Number(a === front));
  return vscode.window.showQuickPick(sorted, {
    title: "Compare what a script says to --help, with its old Python and through the runner",
    placeHolder: "Script",
  });
}

const TYPED = "typed";

async function pickPython(
  state: FolderState,
  script: string,
  hands: Hands,
): Promise<OldPython | typeof TYPED | undefined> {
  const { sites } = await gatherMigration(state.root, {
    ...{ hands, processes: true, scan: state.scan },
  });
  const found = oldPythons(script, state.scan, sites);
  const items = [
    ...found.map((python) => ({
      label: shown(state, python.path),
      description: python.why,
      python: python as OldPython | typeof TYPED,
    })),
    {
      label: "Another command…",
      description: "which you type, and which runs in a terminal",
      python: TYPED as OldPython | typeof TYPED,
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: `The Python that ${script} ran with before`,
    placeHolder: "Old Python",
  });
  return picked?.python;
}

/** As typed, in a terminal that is in front: we read nothing of it. */
async function runTyped({ folder, root }: FolderState): Promise<void> {
  const typed = await vscode.window.showInputBox({
    title: "A command to run in a terminal",
    prompt: `It runs in ${root}, as you type it`,
    ignoreFocusOut: true,
  });
  if (!typed) return;
  const terminal = vscode.window.createTerminal({ name: folder.name, cwd: root });
  terminal.show();
  terminal.sendText(typed);
}

async function mayRun({ script, oldCommand, newCommand }: Comparison): Promise<boolean> {
  const detail = [
    `In ${oldCommand.cwd}, without input, half a minute at most for each:`,
    oldCommand.words.join(" "),
    newCommand.words.join(" "),
    "Whatever the script does before it reads its arguments, it does.",
  ].join("\n\n");
  const answer = await vscode.window.showWarningMessage(
    `Run ${script} --help twice?`,
    { modal: true, detail },
    "Run",
  );
  return answer === "Run";
}

function withProgress<T>(script: string, work: (signal: AbortSignal) => Promise<T>): Thenable<T> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `One Venv: running ${script} --help`,
    cancellable: true,
  };
  return vscode.window.withProgress(options, (_, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort(new vscode.CancellationError()));
    return work(stop.signal);
  });
}

function shown({ root }: FolderState, path: string): string {
  const inside = relative(root, path);
  return path.includes("/") && !inside.startsWith("..") ? inside : path;
}
