import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { place } from "../consolidation/claim.ts";
import type { Decisions } from "../consolidation/decision.ts";
import { readDecisions } from "../consolidation/decision.ts";
import { phrase } from "../consolidation/phrase.ts";
import { pythonBounds } from "../consolidation/python.ts";
import type { InstalledMetadata } from "../environment/installed.ts";
import { installedMetadata } from "../environment/installed.ts";
import { CENTRAL, DECISIONS } from "../environment/layout.ts";
import type { BasePython } from "../environment/setup-pythons.ts";
import { listPythons } from "../environment/setup-pythons.ts";
import type { Scan } from "../monorepo/scan.ts";
import { MessageError } from "../plan/message.ts";
import { isFailure } from "../requirements/failure.ts";
import { normalizeName } from "../requirements/name.ts";
import type { SpecifierSet } from "../requirements/specifier.ts";
import { parseSpecifierSet } from "../requirements/specifier.ts";
import { contains } from "../requirements/specifier-set.ts";
import { mergeMembers, mergeSources } from "./merge-sources.ts";

/** What a base Python has to be, and who says so. */
interface Need {
  readonly who: string;
  readonly specifier: SpecifierSet;
}

/** What the base Pythons of a root are listed from. */
export interface Listing {
  readonly scan: Scan;
  /** The interpreter that runs setup.py. */
  readonly python: string;
  /** The folder of the setup.py that is asked. */
  readonly hands: string;
}

/**
 * The Pythons of this machine, newest first, each with why it cannot be the base: for itself, for
 * a project's `requires-python`, or for what a pinned package of the central venv says.
 */
export async function basePythons(root: string, { scan, python, hands }: Listing) {
  const text = await readFile(join(root, ...DECISIONS.split("/")), "utf8").catch(() => null);
  const decisions = readDecisions(text);
  if ("problem" in decisions) throw new MessageError(`${DECISIONS} ${decisions.problem}.`);
  const [{ decided, pythons }, installed] = await Promise.all([
    listPythons(root, python, hands),
    installedMetadata(root),
  ]);
  const needs = [...projectNeeds(scan, decisions), ...pinNeeds(scan, installed)];
  return { decided, pythons: pythons.map((one) => withReason(one, needs)) };
}

function withReason(python: BasePython, needs: readonly Need[]): BasePython {
  const { version, why } = python;
  if (version === null || why !== null) return python;
  const unmet = needs.find(({ specifier }) => !contains(specifier, version));
  return unmet
    ? {
        ...python,
        why: `is ${version}, but ${unmet.who} needs ${phrase("Python", unmet.specifier)}`,
      }
    : python;
}

/** A person who decided to go on all the same has said what to think of them. */
function projectNeeds(scan: Scan, decisions: Decisions): Need[] {
  if (decisions.decisions.some(({ name }) => name === "python")) return [];
  const bounds = pythonBounds(mergeSources(scan), mergeMembers(scan), decisions);
  return bounds.map((bound) => ({ who: place(bound), specifier: bound.specifier }));
}

/** Only of what is pinned: of everything else another Python may get another version. */
function pinNeeds({ sources }: Scan, installed: readonly InstalledMetadata[]): Need[] {
  const central = sources.find(({ path }) => path === CENTRAL);
  const lines = new Map(
    (central?.reading.declarations ?? []).map(({ name, specifier, span }) => [
      `${normalizeName(name ?? "")}${specifier}`,
      span.line,
    ]),
  );
  return installed.flatMap(({ name, version, requiresPython }) => {
    const line = lines.get(`${normalizeName(name)}==${version}`);
    const specifier = requiresPython === null ? [] : parseSpecifierSet(requiresPython);
    if (line === undefined || isFailure(specifier) || specifier.length === 0) return [];
    return [{ who: `${name} ${version} (${CENTRAL}:${line})`, specifier }];
  });
}
