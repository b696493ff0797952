import type { Option } from "../requirements/declaration.ts";
import { holdsSecret, withoutSecrets } from "../requirements/secret.ts";
import type { CentralLine } from "./central-file.ts";
import type { Claim } from "./claim.ts";
import { place } from "./claim.ts";
import type { Conflict, ConflictChoice } from "./conflict.ts";
import type { Decision, Decisions } from "./decision.ts";
import { standingDecision } from "./decision.ts";
import type { Need } from "./need.ts";
import type { MergeSource } from "./source.ts";

/** What became of the option lines of all sources. */
export interface MergedOptions {
  readonly lines: readonly CentralLine[];
  readonly conflicts: readonly Conflict[];
  readonly decisions: readonly Decision[];
  /** Options that are not taken over, and why. */
  readonly notes: readonly OptionNote[];
}

export interface OptionNote {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly message: string;
}

/** An option with whose it is. */
interface Given {
  readonly option: Option;
  readonly source: MergeSource;
}

/** Options whose effect stays with the packages that they name, or that only add to all. */
const HARMLESS = new Set(["find-links", "trusted-host", "no-binary", "only-binary"]);

/** Why an option is not taken over: it would change what the other sources get. */
const LEFT: Record<string, string> = {
  pre: "would allow pre-releases of every package, not only of those here",
  "no-index": "would take every index away from the other sources too",
  "prefer-binary": "would change which release every package gets",
  "require-hashes": "hashes are all or nothing; the lock brings them back",
  "use-feature": "is for the pip that reads this file",
};

/**
 * Merges the options of the sources. Where everything already agrees it is written; what would
 * reach packages of other sources is decided by a person.
 */
export function mergeOptions(
  sources: readonly MergeSource[],
  needs: readonly Need[],
  decisions: Decisions,
): MergedOptions {
  const merging = sources.filter(({ role, path, project }) => {
    const out = decisions.leftOut.some((one) => one.path === path || one.path === project);
    return !out && (role === "input" || role === "included");
  });
  const given = merging.flatMap((source) =>
    source.reading.options.map((option) => ({ option, source })),
  );
  const indexes = given.filter(({ option }) => option.name === "index-url");
  const extras = given.filter(({ option }) => option.name === "extra-index-url");
  const parts = [
    mergeIndex(indexes, merging, decisions),
    ...[...Map.groupBy(extras, ({ option }) => option.value).values()].map((group) =>
      mergeExtraIndex(group, merging, needs, decisions),
    ),
    mergeHarmless(given),
  ];
  return {
    lines: parts.flatMap(({ lines }) => lines ?? []),
    conflicts: parts.flatMap(({ conflicts }) => conflicts ?? []),
    decisions: parts.flatMap((part) => part.decisions ?? []),
    notes: given.flatMap(({ option, source }) => {
      const why = option.value === ":all:" ? LEFT["prefer-binary"] : LEFT[option.name];
      if (!why) return [];
      return [
        {
          file: source.path,
          line: option.span.line,
          text: withoutSecrets(option.raw),
          message: why,
        },
      ];
    }),
  };
}

/** Hashes are all or nothing for pip, and a merged line has other files than each source: none is written. */
export function hashNotes(sources: readonly MergeSource[]): OptionNote[] {
  return sources.flatMap(({ path, role, reading }) => {
    const first = reading.declarations.find(({ hashes }) => hashes.length > 0);
    if (!first || (role !== "input" && role !== "included")) return [];
    const count = reading.declarations.filter(({ hashes }) => hashes.length > 0).length;
    const message = `${count} of ${reading.declarations.length} requirements here are hashed; the central file has no hashes, a lock that uv writes brings them back`;
    return [{ file: path, line: first.span.line, text: "--hash", message }];
  });
}

/** Several indexes, or one that only some sources have: then the others would change theirs. */
function mergeIndex(
  given: readonly Given[],
  merging: readonly MergeSource[],
  decisions: Decisions,
): Partial<MergedOptions> {
  if (given.length === 0) return {};
  const values = new Set(given.map(({ option }) => option.value));
  const holders = new Set(given.map(({ source }) => source.path));
  const everyone = merging.filter(declaresSomething).every(({ path }) => holders.has(path));
  const name = "--index-url";
  // What was decided about it holds, also where those who went without are gone.
  const decided = standingDecision(decisions, { name, marker: null }, declaredOf(given));
  if (!decided && values.size === 1 && everyone && !given.some(isSecret))
    return { lines: [lineOf(name, given)] };
  const sentence =
    values.size > 1
      ? `${[...values].length} different indexes, and one venv can have one: ${given.map((one) => `${place(claim(one))} takes ${shown(one)}`).join(", ")}`
      : `${place(claim(given[0]!))} takes its packages from ${shown(given[0]!)}, the other sources take theirs from the usual index`;
  const none = { title: "The usual index", requirement: null };
  return open(name, "index", given, sentence, none, decisions);
}

/** pip searches all indexes alike: one file's private index would be asked for every package. */
function mergeExtraIndex(
  given: readonly Given[],
  merging: readonly MergeSource[],
  needs: readonly Need[],
  decisions: Decisions,
): Partial<MergedOptions> {
  const holders = new Set(given.map(({ source }) => source.path));
  const exposed = exposedNames(needs, holders);
  const name = `--extra-index-url ${shown(given[0]!)}`;
  const everyone = merging.filter(declaresSomething).every(({ path }) => holders.has(path));
  const line = { name, marker: null };
  const decided = standingDecision(decisions, line, declaredOf(given.slice(0, 1)));
  if (!decided && (everyone || exposed.length === 0) && !given.some(isSecret)) {
    return { lines: [lineOf("--extra-index-url", given)] };
  }
  const some =
    exposed.slice(0, 5).join(", ") + (exposed.length > 5 ? ` and ${exposed.length - 5} more` : "");
  const sentence = `${place(claim(given[0]!))} adds the index ${shown(given[0]!)}; taken for all, it is asked for ${some} too, and may answer with something else`;
  const none = { title: "Leave this index out", requirement: null };
  return open(name, "extra-index", given.slice(0, 1), sentence, none, decisions);
}

/** The packages of other sources, which an index would answer for as well. */
function exposedNames(needs: readonly Need[], holders: ReadonlySet<string>): string[] {
  const inside = needs
    .filter(({ declaration }) => holders.has(declaration.file))
    .map(({ name }) => name);
  const outside = needs
    .filter(({ link, limit }) => link === null && !limit)
    .map(({ name }) => name);
  return [...new Set(outside)].filter((name) => !inside.includes(name)).sort();
}

function mergeHarmless(given: readonly Given[]): Partial<MergedOptions> {
  const kept = given.filter(({ option }) => HARMLESS.has(option.name) && option.value !== ":all:");
  const groups = Map.groupBy(kept, ({ option }) => `--${option.name} ${option.value}`);
  return {
    lines: [...groups].map(([text, group]) => ({
      ...lineOf("", group),
      requirement: text,
      name: text,
    })),
  };
}

function open(
  name: string,
  kind: "index" | "extra-index",
  given: readonly Given[],
  sentence: string,
  none: { readonly title: string; readonly requirement: null },
  decisions: Decisions,
): Partial<MergedOptions> {
  const claims = given.map(claim);
  const declared = declaredOf(given);
  const line = { name, marker: null };
  const decision = standingDecision(decisions, line, declared);
  if (decision) {
    const { requirement } = decision;
    const projects = [...new Set(given.map(({ source }) => source.project))].sort();
    return {
      decisions: [decision],
      lines: requirement === null ? [] : [{ ...line, requirement, projects }],
    };
  }
  const option = `--${given[0]!.option.name}`;
  const sides = given.flatMap((one, of): ConflictChoice[] => {
    if (isSecret(one) || given.findIndex((two) => two.option.value === one.option.value) !== of)
      return [];
    const drops = claims.filter(({ wants }) => wants !== claims[of]!.wants);
    return [
      {
        choice: "keep",
        of,
        title: `Keep ${shown(one)}`,
        requirement: `${option} ${one.option.value}`,
        drops,
      },
    ];
  });
  const choices: ConflictChoice[] = [
    ...sides,
    { choice: "drop", of: null, ...none, drops: claims },
  ];
  return {
    conflicts: [
      {
        ...line,
        kind: given.some(isSecret) ? "secret" : kind,
        claims,
        declared,
        sentence,
        choices,
      },
    ],
  };
}

function declaredOf(given: readonly Given[]): string[] {
  return [
    ...new Set(given.map((one) => `${one.source.path}: --${one.option.name} ${shown(one)}`)),
  ].sort();
}

function claim({ option, source }: Given): Claim {
  const wants = withoutSecrets(option.value ?? "");
  const base = { file: source.path, span: option.span, project: source.project };
  return { ...base, wants, words: `the index ${wants}`, clashes: true, declaration: null };
}

function lineOf(name: string, given: readonly Given[]): CentralLine {
  const projects = [...new Set(given.map(({ source }) => source.project))].sort();
  const requirement = `${name} ${given[0]!.option.value}`;
  return { name: requirement, marker: null, requirement, projects };
}

function shown({ option }: Given): string {
  return withoutSecrets(option.value ?? "");
}

function isSecret({ option }: Given): boolean {
  return holdsSecret(option.value ?? "");
}

function declaresSomething({ reading, role }: MergeSource): boolean {
  return reading.declarations.length > 0 && role === "input";
}
