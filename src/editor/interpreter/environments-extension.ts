import * as vscode from "vscode";

/** An environment of Python Environments, as far as it is used. */
interface Environment {
  readonly execInfo: { readonly run: { readonly executable: string } };
}

/** The part of ms-python.vscode-python-envs' API that is used. */
interface EnvironmentsApi {
  resolveEnvironment(uri: vscode.Uri): Promise<Environment | undefined>;
  setEnvironment(scope: vscode.Uri, environment: Environment): Promise<void>;
  getEnvironment(scope: vscode.Uri): Promise<Environment | undefined>;
  readonly onDidChangeEnvironment: vscode.Event<unknown>;
}

/** The interpreter selection of Python Environments, or null where it is not there or switched off. */
export interface EnvironmentsExtension {
  /** Selects and looks whether it took; false where that extension cannot resolve the Python. */
  select(python: string, folder: vscode.Uri): Promise<boolean>;
  selected(folder: vscode.Uri): Promise<string | null>;
  readonly onDidChange: vscode.Event<unknown>;
}

export async function environmentsExtension(): Promise<EnvironmentsExtension | null> {
  const extension = vscode.extensions.getExtension<EnvironmentsApi | undefined>(
    "ms-python.vscode-python-envs",
  );
  const api = await extension?.activate();
  if (!api) return null;
  const selected = async (folder: vscode.Uri) =>
    (await api.getEnvironment(folder))?.execInfo.run.executable ?? null;
  return {
    select: async (python, folder) => {
      const environment = await api.resolveEnvironment(vscode.Uri.file(python));
      if (!environment) return false;
      await api.setEnvironment(folder, environment);
      return (await selected(folder)) === environment.execInfo.run.executable;
    },
    selected,
    onDidChange: api.onDidChangeEnvironment,
  };
}

/** Settings that selecting may write there, as one workspace folder or several are open. */
export function settingsWritten(folders: number): string[] {
  const settings = ["python-envs.defaultEnvManager", "python-envs.defaultPackageManager"];
  return folders > 1 ? [...settings, "python-envs.pythonProjects"] : settings;
}
