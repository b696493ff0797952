import type { Environment } from "../requirements/marker-evaluate.ts";
import { normalizeName } from "../requirements/name.ts";
import { holdsSecret } from "../requirements/secret.ts";
import type { CentralEntry } from "./central-file.ts";
import { entryKey } from "./central-file.ts";
import type { Decision, Decisions, Removal } from "./decision.ts";
import type { MergedLine } from "./merge.ts";
import type { Need } from "./need.ts";
import { declaredTexts, markerText, nameOf, needOf, versionPart } from "./need.ts";
import type { MergeSource } from "./source.ts";

/** The projects of a derived line whose sources a plan removed: for them the line is the declaration. */
export function heldBy(entry: CentralEntry, removed: readonly Removal[]): string[] {
  const name = entry.declaration ? nameOf(entry.declaration) : entryKey(entry);
  return entry.comment.filter((item) =>
    removed.some(
      ({ project, declares }) =>
        project === item && (declares === undefined || (name !== null && declares.includes(name))),
    ),
  );
}

/**
 * What removed sources declared, as the lines that stand for it in the central file say it now; of
 * packages that others need too. All other such lines stay as they are, and merge with nothing.
 */
export function heldNeeds(
  derived: readonly CentralEntry[],
  removed: readonly Removal[],
  live: readonly Need[],
  environment: Partial<Environment>,
): Need[] {
  const needed = new Set(live.map(({ name }) => name));
  return derived.flatMap((entry) => {
    const { declaration } = entry;
    if (declaration === null || !needed.has(nameOf(declaration))) return [];
    const { link, editable } = declaration;
    const target = link === null ? null : { link, editable, name: null };
    return heldBy(entry, removed).flatMap(
      (project) => needOf(declaration, project, target, versionPart(environment)) ?? [],
    );
  });
}

/**
 * The decisions, with those that rested on removed sources resting on the lines that stand for
 * them, as long as the other declarations are what they were and nobody changed the line.
 */
export function restingOnHeld(
  { decisions, removed }: Decisions,
  live: readonly Need[],
  held: readonly Need[],
): Decision[] {
  const isGone = (text: string) => removed.some(({ path }) => text.startsWith(`${path}: `));
  return decisions.map((decision) => {
    const { name, requirement, declared } = decision;
    if (name.startsWith("--")) return { ...decision, declared: declared.filter((t) => !isGone(t)) };
    const stand = held.filter((need) => need.name === name);
    if (requirement !== null && !stand.some((need) => saysNow(need) === requirement))
      return decision;
    const all = live.filter((need) => need.name === name);
    const isHere = (need: Need) => markerText(need) === (decision.marker ?? "");
    // A package that was decided as a whole has one line.
    const asWhole = new Set(stand.map(markerText)).size < 2 ? [() => true] : [];
    for (const fits of [...asWhole, isHere]) {
      const texts = declaredTexts(all.filter(fits));
      const others = declared.filter((text) => !texts.includes(text));
      const isOfCentral = (text: string) =>
        stand.some(({ declaration: { file } }) => text.startsWith(`${file}: `));
      if (
        texts.every((text) => declared.includes(text)) &&
        others.every((text) => isGone(text) || isOfCentral(text))
      ) {
        return { ...decision, declared: declaredTexts([...all, ...stand].filter(fits)) };
      }
    }
    return decision;
  });
}

function saysNow({ declaration }: Need): string {
  return declaration.raw.trim();
}

/** The note of a removal: what the source declares, as lines of the central file are called. */
export function removalOf(
  { path, project, reading }: MergeSource,
  merged: readonly MergedLine[],
): Removal {
  const names = [
    ...merged.flatMap(({ name, needs }) =>
      needs.some(({ declaration }) => declaration.file === path) ? [name] : [],
    ),
    // A limit on what nobody names has no line, and stands in constraints.txt.
    ...reading.declarations.flatMap(({ name }) => (name === null ? [] : [normalizeName(name)])),
    ...reading.options.map(({ name, value }) => `--${name} ${value}`),
  ];
  const declares = [...new Set(names)].filter((name) => !holdsSecret(name)).sort();
  return { path, project, declares };
}
