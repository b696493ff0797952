import type { Declaration } from "../requirements/declaration.ts";
import { isFailure } from "../requirements/failure.ts";
import type { Marker } from "../requirements/marker.ts";
import { parseMarker, printMarker } from "../requirements/marker.ts";
import type { Environment } from "../requirements/marker-evaluate.ts";
import { simplifyMarker } from "../requirements/marker-evaluate.ts";
import { normalizeName } from "../requirements/name.ts";
import { withoutSecrets } from "../requirements/secret.ts";
import type { SpecifierSet } from "../requirements/specifier.ts";
import { parseSpecifierSet } from "../requirements/specifier.ts";

/** A declaration as the merge sees it: whose it is, and what of its marker is left to ask. */
export interface Need {
  readonly declaration: Declaration;
  /** The project that owns the source; null for a person's own line in the central file. */
  readonly project: string | null;
  /** Normalised; a link that names no package stands for itself. */
  readonly name: string;
  readonly specifier: SpecifierSet;
  /** What remains of the marker once the base Python's version is known: the platform's part. */
  readonly marker: Marker | null;
  /** The link from the root's point of view, or null. */
  readonly link: string | null;
  readonly editable: boolean;
  /** A constraint: it limits the version and installs nothing. */
  readonly limit: boolean;
}

/** The marker variables that the base Python's version decides; the others speak of the platform. */
const OF_THE_PYTHON = [
  "python_version",
  "python_full_version",
  "implementation_name",
  "implementation_version",
  "platform_python_implementation",
] as const;

/** The part of an environment that is the same on every platform. */
export function versionPart(environment: Partial<Environment>): Partial<Environment> {
  return Object.fromEntries(
    OF_THE_PYTHON.filter((name) => environment[name] !== undefined).map((name) => [
      name,
      environment[name],
    ]),
  );
}

/** Where a need comes from, if not from the index. */
export interface LinkTarget {
  /** From the root's point of view. */
  readonly link: string;
  readonly editable: boolean;
  /** What the need goes by, where that is not the declaration's own name. */
  readonly name: string | null;
}

/** The need that a declaration is, or null where its marker rules out the base Python. */
export function needOf(
  declaration: Declaration,
  project: string | null,
  target: LinkTarget | null,
  python: Partial<Environment>,
): Need | null {
  const marker = remainingMarker(declaration.marker, python);
  if (marker === false) return null;
  const specifier = parseSpecifierSet(declaration.specifier);
  const link = target?.link ?? null;
  return {
    declaration,
    project,
    name: target?.name ?? nameOf(declaration),
    specifier: isFailure(specifier) ? [] : specifier,
    marker,
    link,
    editable: target?.editable ?? false,
    limit: false,
  };
}

/** What a declaration goes by: its normalised name, else its link. */
export function nameOf({ name, link, raw }: Declaration): string {
  return name === null ? (link ?? raw) : normalizeName(name);
}

function remainingMarker(text: string | null, python: Partial<Environment>): Marker | null | false {
  if (text === null) return null;
  const marker = parseMarker(text);
  if (isFailure(marker)) return null;
  const left = simplifyMarker(marker, python);
  return left === true ? null : left;
}

/** The marker's text as the line of the central file has it; "" for none. */
export function markerText(need: Need): string {
  return need.marker === null ? "" : printMarker(need.marker);
}

/** What a decision rests on: the declarations without their lines, so that moving one asks nothing. */
export function declaredTexts(needs: readonly Need[]): string[] {
  const texts = needs.map((need) => {
    const { declaration, link } = need;
    const wanted = link ?? (declaration.specifier || "any version");
    const marker = need.marker === null ? "" : `; ${markerText(need)}`;
    return `${declaration.file}: ${withoutSecrets(wanted)}${marker}`;
  });
  return [...new Set(texts)].sort();
}
