import { normalizeName } from "../../requirements/name.ts";
import type { Program, PythonAct } from "./act.ts";
import { isEnvironment } from "./environment.ts";
import type { Ground } from "./ground.ts";
import type { Ran } from "./model.ts";
import { packageOf } from "./modules.ts";
import { joined } from "./paths.ts";
import { activeEnvironment } from "./step.ts";
import { UNKNOWN_WRAPPER } from "./unwrap.ts";
import { locations, UNKNOWN } from "./value.ts";

/** The package of `-m MODULE` that the central requirements do not name. */
export function lacking(
  { python, env }: PythonAct,
  { place }: Ran,
  { input, missing }: Ground,
): { readonly reason: string; readonly certain: boolean } | null {
  const name = python.mode === "module" ? packageOf(python.text ?? "") : null;
  if (name === null) return null;
  const normal = normalizeName(name);
  const reason = `The central requirements do not name ${name}: declare it.`;
  if (missing.has(normal)) return { reason, certain: true };
  if (input.declared.size === 0 || input.declared.has(normal) || env !== null) return null;
  if (input.consoleScripts.has(name)) return null;
  const folders = ["", ...place.pairs.map(({ folder }) => folder)];
  const local = folders.some((folder) => {
    const path = joined(folder, name) ?? "";
    // A folder alone, as build/ for `-m build`, is nothing that `-m` could run.
    const inside = name !== python.text && input.folders.has(path);
    return inside || [`${path}.py`, `${path}/__main__.py`].some((file) => input.tree.has(file));
  });
  return local ? null : { reason, certain: false };
}

/** The environment that it runs in is not one of the repository's that goes. */
export function foreign({ env }: Program, ran: Ran, { held, input, made }: Ground): string | null {
  if (env?.where === "repository" && !isEnvironment(env, input, made)) {
    return "Whether this folder is an environment is not known.";
  }
  if (env?.where === "elsewhere") return "It names a Python outside of the repository.";
  const own = env ?? activeEnvironment(ran);
  if (own === null) return null;
  if (own.where === "elsewhere" || own.where === "unknown") {
    return "Another environment is active here.";
  }
  return held.get(own.key) ?? null;
}

/** A script that does not lie in the repository may want the system's Python. */
export function outside({ python }: PythonAct, { place }: Ran): string | null {
  if (python.mode !== "script" || python.text === null || python.text.includes(UNKNOWN))
    return null;
  const found = locations(python.text, place);
  return found.length > 0 && found.every(({ path }) => path === null)
    ? "The script lies outside of the repository."
    : null;
}

/** Another user may not reach the venv, or writes files that its owner cannot remove. */
export function userDoubt({ wrappers, around }: Ran): readonly string[] {
  const all = [...wrappers, ...around];
  if (all.includes("array")) return ["It is run later: the directory there must be the one here."];
  const other = all.find((name) => name.startsWith(UNKNOWN_WRAPPER));
  if (other !== undefined) return [`${other.slice(UNKNOWN_WRAPPER.length)} starts it.`];
  if (all.some((name) => /^(su|runuser)$/.test(name)))
    return ["Another user may not reach the venv."];
  return all.some((name) => /^(sudo|doas)$/.test(name))
    ? ["Another user: it may write files into the tree that its owner cannot remove."]
    : [];
}
