import type { Said } from "./model.ts";
import { nameOf } from "./paths.ts";

/** Whether a script is a project's own setup.py, which is asked to install the project. */
export function installsItself(script: string, args: readonly Said[]): boolean {
  return (
    nameOf(script) === "setup.py" && args.some(({ word }) => /^(install|develop)$/.test(word.text))
  );
}

export const EDITABLE =
  "Make it an editable member of the central requirements (-e): setup.py install is an anti-pattern.";
