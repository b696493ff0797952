import { join } from "node:path";
import { execa } from "execa";
import { SETUP } from "./layout.ts";

/** A base Python of this machine as `setup.py pythons --json` lists it; `why` it cannot serve. */
export interface BasePython {
  readonly path: string;
  readonly version: string | null;
  readonly source: string;
  readonly why: string | null;
}

/** The base Pythons of this machine, newest first, and the version that decisions.json names. */
export async function listPythons(
  root: string,
  python: string,
): Promise<{ readonly decided: string | null; readonly pythons: readonly BasePython[] }> {
  const { stdout } = await execa(python, [join(root, ...SETUP.split("/")), "pythons", "--json"], {
    cwd: root,
  });
  return JSON.parse(stdout);
}
