import { existsSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { pythonOf, VENV } from "../../environment/layout.ts";
import type { FolderState } from "../folders.ts";
import type { Log } from "../log.ts";
import { environmentsExtension, settingsWritten } from "./environments-extension.ts";
import { pythonExtension } from "./python-extension.ts";

/** Makes the central venv the interpreter that Python's extensions use. */
export interface InterpreterSelection {
  /** After a build: both extensions' selections, where they are installed. */
  select(folder: FolderState): Promise<void>;
  /** At activation: only where nothing is stored yet; another choice is the person's. */
  selectWhereNothingIs(folders: readonly FolderState[]): Promise<void>;
}

/** The other extension's own waits reach half a minute; ours end here, in milliseconds. */
const PATIENCE = 20_000;
const ALLOWED = "mayChangeEnvironmentsSettings";

export function createInterpreterSelection(memory: vscode.Memento, log: Log): InterpreterSelection {
  const select = async ({ folder, root }: FolderState) => {
    const python = centralPython(root);
    const msPython = await pythonExtension();
    if (msPython) await inTime("ms-python.python", msPython.select(python, folder.uri), log);
    const environments = await environmentsExtension();
    if (environments && (await mayWrite(memory))) {
      const took = await inTime(
        "Python Environments",
        environments.select(python, folder.uri),
        log,
      );
      if (took === false)
        log.info(`Python Environments did not take ${python} for ${folder.name}.`);
    }
  };
  return {
    select,
    selectWhereNothingIs: async (folders) => {
      const msPython = await pythonExtension();
      for (const state of folders) {
        if (!existsSync(centralPython(state.root)) || !msPython) continue;
        if (msPython.selected(state.folder.uri) === null) {
          await inTime(
            "ms-python.python",
            msPython.select(centralPython(state.root), state.folder.uri),
            log,
          );
        }
      }
    },
  };
}

export function centralPython(root: string): string {
  return join(root, ...VENV.split("/"), ...pythonOf(process.platform).split("/"));
}

/** Selecting may write settings of that extension: they are named once before. */
async function mayWrite(memory: vscode.Memento): Promise<boolean> {
  const known = memory.get<boolean>(ALLOWED);
  if (known !== undefined) return known;
  const settings = settingsWritten(vscode.workspace.workspaceFolders?.length ?? 0);
  const text = `Select the central venv in Python Environments too? That extension may write these settings of the workspace: ${settings.join(", ")}.`;
  const answer = await vscode.window.showInformationMessage(text, "Select", "Don't Select");
  if (answer !== undefined) await memory.update(ALLOWED, answer === "Select");
  return answer === "Select";
}

/** What another extension answers, or undefined where it fails or takes too long: we go on. */
async function inTime<T>(name: string, work: Promise<T>, log: Log): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE / 1000} s`)), PATIENCE);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    log.error(`${name} did not take the interpreter`, error);
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
