import { join } from "node:path";
import { execa } from "execa";

/** A base Python of this machine as `setup.py pythons --json` lists it; `why` it cannot serve. */
export interface BasePython {
  readonly path: string;
  readonly version: string | null;
  readonly source: string;
  readonly why: string | null;
}

/**
 * The base Pythons of this machine, newest first, and the version that decisions.json names.
 * `hands` is the folder with the setup.py that is asked, `python` the interpreter that runs it.
 */
export async function listPythons(
  root: string,
  python: string,
  hands: string,
): Promise<{ readonly decided: string | null; readonly pythons: readonly BasePython[] }> {
  const args = [join(hands, "setup.py"), "pythons", "--json", "--root", root];
  const { stdout } = await execa(python, args, { cwd: root });
  return JSON.parse(stdout);
}
