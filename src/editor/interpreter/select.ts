import { existsSync } from "node:fs";
import * as vscode from "vscode";
import type { FolderState } from "../folder-state.ts";
import type { Log } from "../log.ts";
import { isRegistered, writeSetting } from "../settings.ts";
import { centralPython, isCentral } from "./central-python.ts";
import { settingsWritten } from "./environments-extension.ts";
import type { Stores } from "./stores.ts";
import { findStores, inTime, selectedPython } from "./stores.ts";

/** Makes the central venv the interpreter that Python's extensions use. */
export interface InterpreterSelection extends vscode.Disposable {
  /** After a build: selects it, but never over another choice made since it was selected. */
  afterBuild(folder: FolderState): Promise<void>;
  /** Because a person asked for it. */
  select(folder: FolderState): Promise<void>;
  /** Sees what is selected; where nothing is stored yet, the central venv is. */
  look(folders: readonly FolderState[]): Promise<void>;
  /** The Python that the folder uses in place of the central venv; null where it uses that. */
  other(folder: FolderState): string | null;
  readonly onDidChange: vscode.Event<void>;
}

const ALLOWED = "mayChangeEnvironmentsSettings";
const PYTHON_PATH = "python.pythonPath";
const SELECTED = "selectedCentralVenv";

export function createInterpreterSelection(memory: vscode.Memento, log: Log): InterpreterSelection {
  const changed = new vscode.EventEmitter<void>();
  const subscriptions: vscode.Disposable[] = [changed];
  const others = new Map<string, string>();
  const tried = new Set<string>();
  let known: readonly FolderState[] = [];
  let found: Promise<Stores> | null = null;

  const see = async () => {
    const stores = await find();
    others.clear();
    for (const { folder, root } of known) {
      if (!existsSync(centralPython(root))) continue;
      const python = await selectedPython(stores, folder.uri, log);
      if (python !== null && !isCentral(python, root)) others.set(folder.uri.toString(), python);
    }
    changed.fire();
  };
  const seeAgain = () => {
    see().catch((error) => log.error("Looking at the selected interpreter", error));
  };
  const find = () => {
    found ??= findStores(log).then((stores) => {
      for (const store of [stores.msPython, stores.environments])
        if (store) subscriptions.push(store.onDidChange(seeAgain));
      return stores;
    });
    return found;
  };
  const remembered = () => memory.get<readonly string[]>(SELECTED, []);
  const select = async (state: FolderState, occasion: Occasion) => {
    const { folder, root } = state;
    const python = centralPython(root);
    const { msPython, environments } = await find();
    const wasNot = "did not take the interpreter";
    if (msPython)
      await inTime(`ms-python.python ${wasNot}`, msPython.select(python, folder.uri), log);
    await memory.update(SELECTED, [...new Set([...remembered(), folder.uri.toString()])]);
    if (!msPython && !environments) await selectForPyright(state, python, memory, occasion);
    if (environments && (await mayWriteEnvironments(memory, occasion))) {
      const what = `Python Environments ${wasNot}`;
      const took = await inTime(what, environments.select(python, folder.uri), log);
      if (took === false) log.info(`${what} ${python} of ${folder.name}.`);
    }
    await see();
  };
  return {
    afterBuild: async (state) => {
      const stores = await find();
      const now = await selectedPython(stores, state.folder.uri, log);
      const before = remembered().includes(state.folder.uri.toString());
      if (before && now !== null && !isCentral(now, state.root)) return see();
      await select(state, "build");
    },
    select: (state) => select(state, "gesture"),
    look: async (folders) => {
      known = folders.filter(({ root }) => existsSync(centralPython(root)));
      if (known.length === 0) return;
      const stores = await find();
      for (const state of known) {
        const { folder } = state;
        if (tried.has(folder.uri.toString()) || !(stores.msPython ?? stores.environments)) continue;
        tried.add(folder.uri.toString());
        if ((await selectedPython(stores, folder.uri, log)) === null) await select(state, "start");
      }
      await see();
    },
    other: ({ folder }) => others.get(folder.uri.toString()) ?? null,
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(...subscriptions).dispose(),
  };
}

/** What makes us select: a person's wish, a build that went through, or that the editor started. */
type Occasion = "gesture" | "build" | "start";

/** Selecting may write settings of that extension: they are named once before, never at start. */
async function mayWriteEnvironments(memory: vscode.Memento, occasion: Occasion): Promise<boolean> {
  const settings = settingsWritten(vscode.workspace.workspaceFolders?.length ?? 0);
  const text = `Select the central venv in Python Environments too? That extension may write these settings of the workspace: ${settings.join(", ")}.`;
  return mayWrite(memory, occasion, ALLOWED, text);
}

/** basedpyright and Pyright alone read the interpreter from a setting. */
async function selectForPyright(
  { folder, root }: FolderState,
  python: string,
  memory: vscode.Memento,
  occasion: Occasion,
): Promise<void> {
  if (!isRegistered(PYTHON_PATH)) return;
  const inside = root === folder.uri.fsPath;
  const variable = "$" + "{workspaceFolder}";
  const value = inside ? python.replace(root, () => variable) : python;
  const now = vscode.workspace.getConfiguration(undefined, folder).get(PYTHON_PATH);
  const text = `Set the interpreter of the language server to the central venv? This is the setting, in ${folder.name}: "${PYTHON_PATH}": "${value}".`;
  if (now === value || !(await mayWrite(memory, occasion, PYTHON_PATH, text))) return;
  await writeSetting(folder.uri, PYTHON_PATH, value);
}

/** Asks once, with the settings in the text; a build does not ask again what was refused. */
async function mayWrite(
  memory: vscode.Memento,
  occasion: Occasion,
  remembered: string,
  text: string,
): Promise<boolean> {
  const known = memory.get<boolean>(remembered);
  if (known === true || occasion === "start") return known === true;
  if (known === false && occasion === "build") return false;
  const answer = await vscode.window.showInformationMessage(text, "Select", "Don't Select");
  if (answer !== undefined) await memory.update(remembered, answer === "Select");
  return answer === "Select";
}
