import type { Consolidation } from "../consolidation/consolidate.ts";
import { pythonBounds } from "../consolidation/python.ts";
import { buildConstraintsText } from "../consolidation/writing.ts";
import { listPythons } from "../environment/setup-pythons.ts";
import { resolveRequirements } from "../environment/setup-resolve.ts";
import { MessageError } from "../plan/message.ts";
import { contains } from "../requirements/specifier-set.ts";
import { text } from "./consolidation-plan.ts";
import type { Material } from "./propose.ts";
import type { Ask } from "./resolve.ts";

/** Time for one answer, in milliseconds: large sdists are built on the way. */
const PATIENCE = 15 * 60_000;

/** Asks the resolver about a plan through the setup.py that this One Venv ships. */
export function askerOf(
  { root, ground, hands, interpreter, sources }: Material,
  { constraints, decisions }: Consolidation,
  signal: AbortSignal,
  patience = PATIENCE,
): Ask {
  if (!interpreter) {
    throw new MessageError(
      "No Python 3.8 or newer was found on this machine, and the resolver needs one.",
    );
  }
  // The pins of what was left out are nobody's wish.
  const out = new Set<string | null>(decisions.leftOut.map(({ path }) => path));
  const preferred = sources
    .filter(({ role }) => role === "compiled")
    .filter(
      ({ path, project, compiledFrom }) =>
        ![path, project, compiledFrom].some((one) => out.has(one)),
    )
    .flatMap(({ reading }) => reading.declarations)
    .filter(({ name, specifier }) => name !== null && specifier.startsWith("=="))
    .map(({ name, specifier }) => `${name}${specifier}`);
  return (requirements, change = {}) => {
    const builds = [
      ...decisions.buildConstraints,
      ...(change.buildConstraint ? [change.buildConstraint] : []),
    ];
    const question = {
      requirements,
      constraints: constraints || null,
      buildConstraints: buildConstraintsText(builds) || text(ground.buildConstraints),
      preferred: preferred.length > 0 ? `${preferred.join("\n")}\n` : null,
    };
    const options = {
      hands: hands.folder,
      python: interpreter.path,
      base: change.base ?? null,
      ...{ signal, patience },
    };
    return resolveRequirements(root, question, options);
  };
}

/** Base Pythons of this machine other than the one in use, that all projects can use, newest first. */
export async function otherPythons({
  root,
  hands,
  interpreter,
  sources,
  members,
  decisions,
}: Material) {
  if (!interpreter) return [];
  const bounds = pythonBounds(sources, members, decisions);
  const { pythons } = await listPythons(root, interpreter.path, hands.folder);
  const minor = (version: string) => version.split(".").slice(0, 2).join(".");
  return pythons.flatMap(({ path, version, why }) => {
    const usable =
      version !== null && why === null && minor(version) !== minor(interpreter.version);
    return usable && bounds.every(({ specifier }) => contains(specifier, version))
      ? [{ path, version }]
      : [];
  });
}
