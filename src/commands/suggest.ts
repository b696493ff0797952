import type { Suggestion } from "../consolidation/conflict.ts";
import type { Consolidation } from "../consolidation/consolidate.ts";
import { key } from "../consolidation/decision.ts";
import type { MergedLine } from "../consolidation/merge.ts";
import { loosenings, pinOf } from "../consolidation/relaxation.ts";
import { anyVersion, questionText } from "../consolidation/resolution.ts";
import type { LoosenedLine } from "../consolidation/suggestion.ts";
import {
  compareSuggestions,
  loosenSuggestion,
  withSpecifier,
} from "../consolidation/suggestion.ts";
import { mayBePython, pythonsNamed, troubleOf } from "../consolidation/tool-words.ts";
import { isFailure } from "../requirements/failure.ts";
import { printReduced } from "../requirements/reduce.ts";
import { parseSpecifierSet } from "../requirements/specifier.ts";
import { compareVersions, parseVersion } from "../requirements/version.ts";
import type { Ask, Finding } from "./resolve.ts";

export interface SuggestOptions {
  readonly ask: Ask;
  /** Other base Pythons of this machine: version and path, the preferred ones first. */
  readonly pythons: readonly { readonly version: string; readonly path: string }[];
  /** Aborted when the time is up: the best answers so far stand. */
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
}

/** Limits that mend the builds of old sdists, the mildest first. */
const BUILD_CONSTRAINTS = [
  "setuptools<81",
  "setuptools<80",
  "setuptools<70",
  "setuptools<58",
  "cython<3",
  "numpy<2",
];

/**
 * The findings with the changes that mend them. `onFound` hears all of them whenever one is
 * done. What was asked once is not asked again: one Python may serve many findings.
 */
export async function suggestForAll(
  plan: Consolidation,
  findings: readonly Finding[],
  options: SuggestOptions,
  onFound: (findings: readonly Finding[]) => void,
): Promise<Finding[]> {
  const once = { ...options, ask: remembering(options.ask) };
  const done: Finding[] = [];
  for (const [i, finding] of findings.entries()) {
    if (options.signal.aborted) return [...done, ...findings.slice(i)];
    options.onProgress(`suggesting a fix for ${finding.conflict.name}`);
    done.push({ ...finding, suggestions: await suggestFixes(plan, finding, once) });
    onFound([...done, ...findings.slice(i + 1)]);
  }
  return done;
}

function remembering(ask: Ask): Ask {
  const answers = new Map<string, ReturnType<Ask>>();
  return (requirements, change = {}) => {
    const question = JSON.stringify([requirements, change]);
    const answer = answers.get(question) ?? ask(requirements, change);
    answers.set(question, answer);
    return answer;
  };
}

/**
 * The smallest changes that resolve, each proved by the resolver, best first. Broken off by the
 * signal it returns what it has.
 */
export async function suggestFixes(
  plan: Consolidation,
  finding: Finding,
  options: SuggestOptions,
): Promise<Suggestion[]> {
  const found: Suggestion[] = [];
  const { text } = finding.words;
  const trouble = troubleOf(text);
  // What cannot be fetched is not mended by another version.
  if (trouble === "out of reach" || finding.lines.length === 0) return found;
  try {
    if (trouble === "build") found.push(...(await buildConstraints(plan, finding, options)));
    if (found.length === 0 && mayBePython(text))
      found.push(...(await otherPythons(plan, finding, options)));
    if (found.length === 0) await loosenLines(plan, finding, options, found);
  } catch (error) {
    if (!options.signal.aborted) throw error;
  }
  return found.sort(compareSuggestions);
}

async function buildConstraints(
  plan: Consolidation,
  { aside, conflict }: Finding,
  { ask, onProgress }: SuggestOptions,
): Promise<Suggestion[]> {
  for (const buildConstraint of BUILD_CONSTRAINTS) {
    onProgress(`building with ${buildConstraint}`);
    const { outcome, tool } = await ask(questionText(plan, aside), { buildConstraint });
    if (outcome !== "ok") continue;
    const title = `build ${conflict.name} with ${buildConstraint}: ${tool} then resolves ${what(aside)}`;
    return [{ ...NOTHING, title, buildConstraint }];
  }
  return [];
}

async function otherPythons(
  plan: Consolidation,
  { aside, words }: Finding,
  { ask, pythons, onProgress }: SuggestOptions,
): Promise<Suggestion[]> {
  const named = pythonsNamed(words.text);
  const all = pythons.map(({ version, path }) => ({ path, python: minorOf(version) }));
  const likely = all.filter(({ python }) => named.has(python));
  for (const { python, path } of [...likely, ...all.filter((one) => !likely.includes(one))]) {
    onProgress(`trying Python ${python}`);
    const { outcome, tool } = await ask(questionText(plan, aside), { base: path });
    if (outcome !== "ok") continue;
    const title = `take Python ${python} as the base Python: ${tool} then resolves ${what(aside)}`;
    return [{ ...NOTHING, title, python }];
  }
  return [];
}

function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

/** What was asked about: other findings stand until they are mended too. */
function what(aside: Finding["aside"]): string {
  return aside.size === 0 ? "everything" : "all but the other findings";
}

const NOTHING = {
  decisions: [],
  buildConstraint: null,
  python: null,
  loosened: 0,
  size: "patch",
  changes: [],
} as const;

/** One line first; two together only where no line alone is enough. */
async function loosenLines(
  plan: Consolidation,
  finding: Finding,
  options: SuggestOptions,
  found: Suggestion[],
): Promise<void> {
  const { lines } = finding;
  for (const line of lines) {
    const loosened = await narrowest(plan, finding, [line], options);
    if (loosened) found.push(loosenSuggestion(loosened));
  }
  if (found.length > 0) return;
  for (const [i, one] of lines.entries()) {
    for (const other of lines.slice(i + 1)) {
      const loosened = await narrowest(plan, finding, [one, other], options);
      if (loosened) found.push(loosenSuggestion(loosened));
    }
  }
}

/** The narrowest widening of these lines that resolves, or null where even any version does not. */
async function narrowest(
  plan: Consolidation,
  { aside }: Finding,
  lines: readonly MergedLine[],
  { ask, onProgress }: SuggestOptions,
): Promise<LoosenedLine[] | null> {
  const tried = new Map(lines.map((line) => [key(line), ""]));
  const versions = async () => {
    const texts = lines.map(
      (line) =>
        [
          key(line),
          tried.get(key(line)) === ""
            ? anyVersion(line)
            : withSpecifier(line, tried.get(key(line))!),
        ] as const,
    );
    onProgress(`trying ${texts.map(([, text]) => text).join(", ")}`);
    const answer = await ask(questionText(plan, new Map([...aside, ...texts])));
    return answer.outcome === "ok"
      ? new Map(answer.pins.map(({ name, version }) => [name, version]))
      : null;
  };
  let had = await versions();
  if (!had) return null;
  for (const line of lines) {
    for (const { specifier } of loosenings(specifierOf(line))) {
      if (specifier === "") break;
      const before = tried.get(key(line))!;
      tried.set(key(line), specifier);
      const now = await versions();
      if (now) {
        had = now;
        break;
      }
      tried.set(key(line), before);
    }
    // Older than the pin: from there up to the pin is enough.
    const pin = pinOf(specifierOf(line));
    const version = had.get(line.name);
    if (!pin || !version || !isOlder(version, pin)) continue;
    const wide = tried.get(key(line))!;
    tried.set(key(line), `>=${version},<=${pin}`);
    const now = await versions();
    if (now) had = now;
    else tried.set(key(line), wide);
  }
  return lines.map((line) => ({
    line,
    specifier: tried.get(key(line))!,
    version: had.get(line.name) ?? "?",
  }));
}

function isOlder(one: string, other: string): boolean {
  const [a, b] = [parseVersion(one), parseVersion(other)];
  return a !== null && b !== null && compareVersions(a, b) < 0;
}

/** What the line asks for now: all of its needs together, or what was decided. */
function specifierOf({ line, needs }: MergedLine) {
  const written = /^[^=<>!~;]*([=<>!~][^;]*)/.exec(line?.requirement ?? "")?.[1]?.trim() ?? "";
  const set = parseSpecifierSet(
    written || printReduced(needs.flatMap(({ specifier }) => specifier)),
  );
  return isFailure(set) ? [] : set;
}
