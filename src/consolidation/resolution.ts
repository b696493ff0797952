import type { Claim } from "./claim.ts";
import { claimOf, place, sentenceOf } from "./claim.ts";
import type { Conflict } from "./conflict.ts";
import type { Consolidation } from "./consolidate.ts";
import { key } from "./decision.ts";
import type { MergedLine } from "./merge.ts";
import { declaredTexts } from "./need.ts";
import { pinOf } from "./relaxation.ts";
import { withSpecifier } from "./suggestion.ts";
import {
  explanation,
  isHostOutOfReach,
  pythonWanted,
  troubleOf,
  whyOutOfReach,
} from "./tool-words.ts";

/** What a resolver said of a set that it could not put together. */
export interface ResolverWords {
  readonly outcome: "unsatisfiable" | "unknown";
  readonly tool: string;
  /** Whole, as the tool wrote it. */
  readonly text: string;
  readonly names: readonly string[];
  /** The version of the base Python that it was asked for. */
  readonly python?: string;
}

/**
 * The requirements to ask the resolver about: the central file as proposed, with the lines of
 * `loose` (by key) asking for any version, so that what else clashes can be found.
 */
export function questionText(
  { central, merged }: Consolidation,
  replaced: ReadonlyMap<string, string>,
): string {
  const lines = new Map(
    merged.flatMap((line) => (line.line ? [[line.line.requirement, key(line)]] : [])),
  );
  return central
    .split("\n")
    .map((text) => {
      // A line that is replaced by nothing is not asked about.
      const lineKey = lines.get(text.split("  #")[0]!);
      return (lineKey && replaced.get(lineKey)) ?? text;
    })
    .join("\n");
}

/** The line asking for any version of its package. */
export function anyVersion(line: MergedLine): string {
  return withSpecifier(line, "");
}

/** The lines that a resolver's words are about: packages from an index, by name. */
export function linesNamed({ merged }: Consolidation, names: readonly string[]): MergedLine[] {
  const wanted = new Set(names);
  const named = merged.filter(
    ({ name, line, needs }) =>
      line !== null && wanted.has(name) && needs.every(({ link }) => link === null),
  );
  return named.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/**
 * The lines of links that could not be fetched: those that the words name, and where the host
 * itself is out of reach all others of that host.
 */
export function linksOutOfReach(
  { merged }: Consolidation,
  { text, names }: ResolverWords,
): MergedLine[] {
  const links = merged.flatMap((line) => {
    const link =
      line.line &&
      line.needs.find((need) => need.link !== null && !need.link.startsWith("."))?.link;
    return link ? [{ line, address: addressOf(link) }] : [];
  });
  const named = links.filter(
    ({ line, address }) => names.includes(line.name) || text.includes(address),
  );
  const hosts = new Set(isHostOutOfReach(text) ? named.map(({ address }) => hostOf(address)) : []);
  return links
    .filter((one) => named.includes(one) || hosts.has(hostOf(one.address)))
    .map(({ line }) => line);
}

/** The part of a link that tools repeat: no scheme, no login, no revision, no fragment. */
function addressOf(link: string): string {
  const bare = link.replace(/^[^:]*:\/\//, "").replace(/[?#].*$/, "");
  return bare
    .replace(/^[^@/]*@(?=[^/]*\/)/, "")
    .replace(/@[^/@]*$/, "")
    .replace(/\.git$/, "");
}

function hostOf(address: string): string {
  return address.split("/")[0]!;
}

/** A resolver's finding as a conflict of the declarations behind the lines that it names. */
export function resolverConflict(lines: readonly MergedLine[], words: ResolverWords): Conflict {
  const needs = lines.flatMap((line) => line.needs);
  const claims = needs.map((need) => claimOf(need, true));
  return {
    ...{ name: lines[0]?.name ?? "", marker: null, tool: words.tool, choices: [] },
    ...{ claims, declared: declaredTexts(needs), ...told(lines, claims, words) },
  };
}

function told(
  lines: readonly MergedLine[],
  claims: readonly Claim[],
  words: ResolverWords,
): Pick<Conflict, "kind" | "sentence"> {
  const trouble = troubleOf(words.text);
  if (trouble === "out of reach")
    return { kind: "unknown", sentence: unknownSentence(claims, words) };
  const asked = lines.flatMap((line) => pythonSentence(line, words) ?? []);
  if (asked.length > 0) return { kind: "python", sentence: asked.join("; ") };
  const why = explanation(words.text);
  if (why === "" && trouble === "other" && words.outcome === "unknown") {
    return { kind: "unknown", sentence: unknownSentence(claims, words) };
  }
  const sentence = `${words.tool} says: ${why || "it found no set that works"}`;
  if (trouble === "python") return { kind: "python", sentence };
  if (words.outcome === "unsatisfiable") return { kind: "unresolvable", sentence };
  return { kind: trouble === "build" ? "build" : "unknown", sentence };
}

/** What could not be fetched, and that nothing is known of it; or that nothing at all is known. */
function unknownSentence(claims: readonly Claim[], { tool, text }: ResolverWords): string {
  const why = whyOutOfReach(text);
  const because = why === "" ? "" : ` (${why})`;
  const [first] = claims;
  if (!first) {
    return `whether this can be installed together is unknown: ${tool} gave no answer${because}; what the files alone say stands`;
  }
  if (claims.length === 1) {
    return `${place(first)} asks for ${first.wants}, which could not be fetched${because}; what it needs in turn is unknown`;
  }
  return `${claims.length} declarations ask for what could not be fetched${because}; what it needs in turn is unknown`;
}

/** `a/requirements.txt:4 needs torch exactly 2.1.0, which has wheels for Python 3.11 only`. */
function pythonSentence(
  { name, needs }: MergedLine,
  { text, python }: ResolverWords,
): string | null {
  const pins = needs.filter(({ specifier }) => pinOf(specifier) !== null);
  const wanted = pythonWanted(text, name, pinOf(pins[0]?.specifier ?? []));
  if (wanted === null) return null;
  const asking = pins.length > 0 ? pins : needs;
  const sentence = sentenceOf(asking.map((need) => claimOf(need, true)));
  return `${sentence}, which ${wanted}${python ? `; the base Python is ${python}` : ""}`;
}
