import type { Conflict, Suggestion } from "../consolidation/conflict.ts";
import type { Consolidation } from "../consolidation/consolidate.ts";
import { key } from "../consolidation/decision.ts";
import type { MergedLine } from "../consolidation/merge.ts";
import type { ResolverWords } from "../consolidation/resolution.ts";
import {
  anyVersion,
  linesNamed,
  linksOutOfReach,
  questionText,
  resolverConflict,
} from "../consolidation/resolution.ts";
import { troubleOf } from "../consolidation/tool-words.ts";
import type { ResolveAnswer } from "../environment/setup-resolve.ts";
import { MessageError } from "../plan/message.ts";

/** Asks the resolver about requirements; `change` is what differs from the plan's own question. */
export type Ask = (requirements: string, change?: AskChange) => Promise<ResolveAnswer>;

export interface AskChange {
  readonly buildConstraint?: string;
  /** A base Python, as `--python` takes it. */
  readonly base?: string;
}

/** What the resolver found against a plan. */
export interface Finding {
  readonly conflict: Conflict;
  readonly words: ResolverWords;
  /** The lines that it is about. */
  readonly lines: readonly MergedLine[];
  /** Lines of other findings, by key, as they are asked meanwhile. */
  readonly aside: ReadonlyMap<string, string>;
  readonly suggestions: readonly Suggestion[];
}

/** The resolver's word on a plan: what it would install, or all that it found against it. */
export interface Resolution {
  readonly tool: string;
  readonly findings: readonly Finding[];
  /** What would be installed: all of it, or what is left beside what is unknown. */
  readonly pins: ResolveAnswer["pins"];
}

/** More findings than this are shown after the first ones are mended. */
const MOST = 16;

type Found = Pick<Finding, "words" | "lines">;

/**
 * All that the resolver finds, not only what it stops at: the lines of a finding are set aside
 * (any version will do, and what cannot be fetched is not asked for) and it is asked again.
 */
export async function resolvePlan(
  plan: Consolidation,
  ask: Ask,
  onProgress: (text: string) => void = () => undefined,
): Promise<Resolution> {
  const asked = answering(ask);
  const found: Found[] = [];
  const aside = new Map<string, string>();
  for (;;) {
    const answer = await asked(questionText(plan, aside));
    const words = wordsOf(answer);
    const lines = words ? linesOf(plan, words).filter((line) => !aside.has(key(line))) : [];
    if (words && (lines.length > 0 || found.length === 0)) {
      found.push(await withMore(plan, { words, lines }, aside, asked));
    }
    if (lines.length === 0 || found.length >= MOST) {
      const findings = findingsOf(found, aside);
      const isKnown = findings.every(({ conflict }) => conflict.kind === "unknown");
      return { tool: answer.tool, findings, pins: isKnown ? answer.pins : [] };
    }
    for (const line of found.at(-1)!.lines) aside.set(key(line), asideText(line));
    onProgress(`looking for more beside ${[...aside.keys()].join(", ")}`);
  }
}

/** A resolver that dies or hangs has told nothing; what is known without it stays. */
function answering(ask: Ask): Ask {
  return async (requirements, change) => {
    try {
      return await ask(requirements, change);
    } catch (error) {
      if (!(error instanceof MessageError)) throw error;
      const nothing = { names: [], pins: [], tool: "the resolver" };
      return { outcome: "unknown", text: error.message, ...nothing };
    }
  };
}

function wordsOf(answer: ResolveAnswer): ResolverWords | null {
  return answer.outcome === "ok" ? null : { ...answer, outcome: answer.outcome };
}

/** The lines that the words are about. */
function linesOf(plan: Consolidation, words: ResolverWords): MergedLine[] {
  return troubleOf(words.text) === "out of reach"
    ? linksOutOfReach(plan, words)
    : linesNamed(plan, words.names);
}

/** A link has no other version to ask for: it is left away. */
function asideText(line: MergedLine): string {
  return line.needs.some(({ link }) => link !== null) ? "" : anyVersion(line);
}

/**
 * A resolver names the first pair that clashes; a line may clash with others as well. Each line of
 * the finding is asked about with the others set aside, and what it then clashes with joins them.
 */
async function withMore(
  plan: Consolidation,
  { words, lines }: Found,
  aside: ReadonlyMap<string, string>,
  ask: Ask,
): Promise<Found> {
  // Words that name many lines have told a long story already.
  const isPair = lines.length === 2 || lines.length === 3;
  if (!isPair || troubleOf(words.text) !== "other") return { words, lines };
  let all = { words, lines: [...lines] };
  for (const line of lines) {
    for (;;) {
      const others = all.lines.filter((one) => one !== line);
      const without = new Map(others.map((one) => [key(one), asideText(one)]));
      const answer = wordsOf(await ask(questionText(plan, new Map([...aside, ...without]))));
      const named = answer?.outcome === "unsatisfiable" ? linesOf(plan, answer) : [];
      const more = named.filter((one) => !all.lines.includes(one) && !aside.has(key(one)));
      if (!answer || more.length === 0 || !named.includes(line)) break;
      const text = `${all.words.text}\n\n${answer.text}`;
      all = { words: { ...all.words, text }, lines: [...all.lines, ...more] };
    }
  }
  return all;
}

/** Each with the lines of the others aside; one Python is asked to serve all that ask for another. */
function findingsOf(found: readonly Found[], aside: ReadonlyMap<string, string>): Finding[] {
  const all = found.map((one) => ({ ...one, conflict: resolverConflict(one.lines, one.words) }));
  return all.map((one) => {
    const together = all.filter(
      (other) =>
        other === one || (one.conflict.kind === "python" && other.conflict.kind === "python"),
    );
    const own = new Set(together.flatMap(({ lines }) => lines.map(key)));
    return {
      ...one,
      aside: new Map([...aside].filter(([lineKey]) => !own.has(lineKey))),
      suggestions: [],
    };
  });
}
