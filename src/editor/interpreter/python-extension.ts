import * as vscode from "vscode";

/** The part of ms-python.python's API that is used (npm `@vscode/python-extension` has it all). */
interface PythonApi {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly id: string; readonly path: string };
    updateActiveEnvironmentPath(path: string, resource?: vscode.Uri): Promise<void>;
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

/** The interpreter selection of ms-python.python, or null where it is not installed. */
export interface PythonExtension {
  select(python: string, folder: vscode.Uri): Promise<void>;
  /** null where nothing is stored for the folder. */
  selected(folder: vscode.Uri): string | null;
  readonly onDidChange: vscode.Event<unknown>;
}

/** What the API calls a folder's environment before anybody chose one. */
const NOTHING_STORED = "DEFAULT_PYTHON";

export async function pythonExtension(): Promise<PythonExtension | null> {
  const extension = vscode.extensions.getExtension<PythonApi | undefined>("ms-python.python");
  const api = await extension?.activate();
  if (!api?.environments) return null;
  const { environments } = api;
  return {
    select: (python, folder) => environments.updateActiveEnvironmentPath(python, folder),
    selected: (folder) => {
      const { id, path } = environments.getActiveEnvironmentPath(folder);
      // The setting counts only while nothing is stored, so a path that is its own is no choice.
      const usual = vscode.workspace
        .getConfiguration("python", folder)
        .get("defaultInterpreterPath");
      return id === NOTHING_STORED || path === usual ? null : path;
    },
    onDidChange: environments.onDidChangeActiveEnvironmentPath,
  };
}
