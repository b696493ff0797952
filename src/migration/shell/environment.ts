import type { FinderInput } from "../input.ts";
import { joined, VENV } from "./paths.ts";
import type { Place } from "./place.ts";
import { HERE, HOME, locations, ROOT, UNKNOWN } from "./value.ts";

/** An environment that a command names. */
export interface Environment {
  /** Two names of one environment have one key. */
  readonly key: string;
  /** Its folder, relative to the root; null where it is not known or not in the repository. */
  readonly folder: string | null;
  readonly where: "repository" | "central" | "elsewhere" | "unknown";
}

/** The environment at a path text. */
export function environmentAt(text: string, place: Place): Environment {
  const clean = text.replace(/\/+$/, "");
  if (clean.includes(UNKNOWN)) return { key: clean, folder: null, where: "unknown" };
  if (clean.startsWith(HOME) || clean.startsWith("/") || clean === "") {
    return { key: clean, folder: null, where: "elsewhere" };
  }
  if (clean === VENV || clean.endsWith(`/${VENV}`)) {
    return { key: VENV, folder: VENV, where: "central" };
  }
  const found = [...new Set(locations(clean, place).map(({ path }) => path))];
  const [folder] = found;
  if (found.length === 1 && folder === VENV) return { key: VENV, folder: VENV, where: "central" };
  if (found.length === 1 && folder === null)
    return { key: clean, folder: null, where: "elsewhere" };
  if (found.length === 1) return { key: folder!, folder: folder!, where: "repository" };
  const plain =
    clean.startsWith(ROOT) || clean.startsWith(HERE) ? clean : (joined("", clean) ?? clean);
  return { key: plain, folder: null, where: "repository" };
}

/** The environment that a program's path lies in, and the program: `venv/bin/pip` is `venv`, `pip`. */
export function splitProgram(text: string): { readonly env: string; readonly name: string } | null {
  const found = /^(.*?)\/(?:bin|Scripts)\/([^/]+)$/.exec(text);
  return found === null ? null : { env: found[1]!, name: found[2]! };
}

const NAMES = /^(\.?v?env|\.?virtualenv|\.?venv[\w.-]*|env[\d.]+|[\w.-]*[-_]v?env)$/;

/** Whether a path that is only named (in a test, behind `rm`) is an environment. */
export function isEnvironment(
  env: Environment,
  input: FinderInput,
  made: ReadonlySet<string>,
): boolean {
  if (env.where === "central" || env.where === "unknown" || env.where === "elsewhere") return false;
  if (made.has(env.key)) return true;
  if (env.folder === null) return NAMES.test(env.key);
  if (input.environments.has(env.folder)) return true;
  return (
    NAMES.test(env.folder.slice(env.folder.lastIndexOf("/") + 1)) &&
    !input.folders.has(env.folder) &&
    !input.tree.has(env.folder)
  );
}
