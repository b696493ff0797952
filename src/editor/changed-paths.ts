import { isOfInterest } from "../monorepo/interest.ts";

/**
 * Whether a change to this path (relative to the root, with `/`) can change what is declared,
 * built or run. Of the many files of a venv only those tell that a build or a person's own
 * `pip install` changes.
 */
export function matters(path: string): boolean {
  if (IN_HOME.test(path)) return HOME_FILE.test(path) || VENV_FILE.test(path);
  if (/(^|\/)\.git\//.test(path)) return path.endsWith(".git/info/exclude");
  if (/(^|\/)(site-packages|node_modules)\//.test(path)) return false;
  return isOfInterest(path) || /(^|\/)(\.gitignore|pyvenv\.cfg)$/.test(path);
}

/** Whether the change says something about the central venv or what it is built from. */
export function touchesHome(path: string): boolean {
  return IN_HOME.test(path) || path === "build" || path === ".";
}

const IN_HOME = /^build\/python(\/|$)/;
const HOME_FILE = /^build\/python(\/[\w-]+\.(txt|lock|json|py))?$/;
const VENV_FILE =
  /^build\/python\/venv(\/pyvenv\.cfg|\/\.one-venv\.json|\/(bin|Scripts)\/python[^/]*|\/.*\.dist-info(\/METADATA)?)?$/;
