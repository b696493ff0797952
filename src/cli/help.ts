declare const ONE_VENV_VERSION: string | undefined;

/** The version of the package, or "development" where it runs from its source. */
export function version(): string {
  return typeof ONE_VENV_VERSION === "string" ? ONE_VENV_VERSION : "development";
}

export const HELP = `one-venv: one virtual environment for a Python monorepo

usage: one-venv COMMAND [DIR] [--json]

  scan          what lies in the folder: sources, declarations, scripts
  consolidate   merge all declarations into build/python/requirements.txt
                  --decide NAME=ANSWER   settle a conflict: highest, lowest or a requirement
                  --replace PATH         replace a file that a person made or changed
                  --write                apply; nothing is written without it
  check         how the central venv stands, and whether the sources moved on
  undo          what the last apply replaced; --write brings it back

Exit 0: nothing for a person to do; 1: a person is needed; 2: it could not be done.`;
