declare const ONE_VENV_VERSION: string | undefined;

/** The version of the package, or "development" where it runs from its source. */
export function version(): string {
  return typeof ONE_VENV_VERSION === "string" ? ONE_VENV_VERSION : "development";
}

export const HELP = `one-venv: one virtual environment for a Python monorepo

usage: one-venv COMMAND [DIR] [--json]

  scan          what lies in the folder: sources, scripts, stray environments
  consolidate   merge all declarations into build/python/requirements.txt
                  --write                   apply, if nothing is open; else nothing is written
                  --decide NAME=ANSWER      settle a conflict: highest, lowest or a requirement
                  --prefer highest|lowest   settle every conflict that is left
                  --leave-out PATH=REASON   leave a source or a project out
                  --include GROUP           take in an optional group, or a script's own block
                  --python X.Y              the base Python
                  --resolve                 ask uv or pip whether the result can be installed
                  --suggest                 and look for the smallest changes that mend it
                  --build-constraint LIMIT  hold back what builds source distributions
                  --replace PATH            replace a file that a person made or changed
  migrate       move what runs Python, pip or a venv elsewhere to the central venv
                  --write                   apply: every rewrite, and what is chosen besides
                  --take PATH:LINE          make an offer; a file, a folder or all
                  --leave PATH:LINE         leave a line as it is; a file, a folder or all
                  --second PATH:LINE        write it in the second way that is shown
                  --remove PATH             remove a scattered file that git has; all: every source
  verify        which scripts would not find what they import; runs none of them
                  DIR SCRIPT …              only these
                  --notes                   also what may be missing
                  --run                     run SCRIPT --help, with the old Python and the runner
                  --old PYTHON              the old Python, where no line names it
  check         how the central venv stands, and whether the sources moved on
  lock          whether requirements.lock fits; --write pins every package in it
  undo          what the last apply replaced; --write brings it back

Exit 0: nothing for a person to do; 1: a person is needed; 2: it could not be done.`;
