/** Where everything stands in a user's repository: paths relative to the root, with `/`. */
export const HOME = "build/python";
export const CENTRAL = `${HOME}/requirements.txt`;
export const LOCK = `${HOME}/requirements.lock`;
export const DECISIONS = `${HOME}/decisions.json`;
export const SETUP = `${HOME}/setup.py`;
export const RUNNER = `${HOME}/run.py`;
export const PYTHONPATH = `${HOME}/pythonpath.txt`;
export const CONSTRAINTS = `${HOME}/constraints.txt`;
export const BUILD_CONSTRAINTS = `${HOME}/build-constraints.txt`;
export const ATTRIBUTES = `${HOME}/.gitattributes`;
export const VENV = `${HOME}/venv`;

/** What git has to keep. */
export const KEPT = [
  CENTRAL,
  LOCK,
  DECISIONS,
  SETUP,
  RUNNER,
  PYTHONPATH,
  CONSTRAINTS,
  BUILD_CONSTRAINTS,
  ATTRIBUTES,
];

/** The central venv's Python below the venv folder, for a platform as `process.platform` names it. */
export function pythonOf(platform: NodeJS.Platform): string {
  return platform === "win32" ? "Scripts/python.exe" : "bin/python";
}
