import * as vscode from "vscode";
import type { Log } from "../log.ts";
import type { EnvironmentsExtension } from "./environments-extension.ts";
import { environmentsExtension } from "./environments-extension.ts";
import type { PythonExtension } from "./python-extension.ts";
import { pythonExtension } from "./python-extension.ts";

/** The extensions that keep which Python a folder uses; null where one is not there. */
export interface Stores {
  readonly msPython: PythonExtension | null;
  readonly environments: EnvironmentsExtension | null;
}

/** Each wait for another extension ends here, in milliseconds; its own reach half a minute. */
const PATIENCE = 20_000;

/** Activates what is installed; one that fails or hangs counts as not there. */
export async function findStores(log: Log): Promise<Stores> {
  const [msPython, environments] = await Promise.all([
    inTime("ms-python.python did not start", pythonExtension(), log),
    inTime("Python Environments did not start", environmentsExtension(), log),
  ]);
  return { msPython: msPython ?? null, environments: environments ?? null };
}

/**
 * The Python that the folder uses as the extensions see it, null where nothing is stored. Python
 * Environments has the say only where ms-python.python follows it, or is not there.
 */
export async function selectedPython(
  { msPython, environments }: Stores,
  folder: vscode.Uri,
  log: Log,
): Promise<string | null> {
  const follows = vscode.workspace
    .getConfiguration("python", folder)
    .get("useEnvironmentsExtension", false);
  if (environments && (msPython === null || follows)) {
    const what = "Python Environments does not say which Python is selected";
    return (await inTime(what, environments.selected(folder), log)) ?? null;
  }
  return msPython?.selected(folder) ?? null;
}

/** What another extension answers, or undefined where it fails or takes too long: we go on. */
export async function inTime<T>(what: string, work: Promise<T>, log: Log): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE / 1000} s`)), PATIENCE);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    log.error(what, error);
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
