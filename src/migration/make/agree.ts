import { type Spot, spotsOf, type Use } from "./expansion.ts";
import { runnerFits, venvFits } from "./harmless.ts";
import type { Program } from "./program.ts";
import type { Run, RunLine } from "./run.ts";
import { keyOf, type Origin } from "./variables.ts";
import { fromHere, makeText, normalText, reached, rootTexts } from "./write.ts";

/** A change that a call site wants in a run's text, and the ways to make it in files. */
export interface Wanted {
  readonly run: Run;
  readonly line: RunLine;
  /** In the run's text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Whether the call site is sure of it. */
  readonly sure: boolean;
  /** The same change with what it only repeats: values used there are not to change otherwise. */
  readonly full: { readonly start: number; readonly end: number; readonly text: string };
}

/** A change of a file: `text` in place of a span of a text that make expands. */
export interface Placed {
  readonly origin: Origin;
  /** In the origin's text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** All that was found in the files: what agrees is judged against it. */
export interface Found {
  readonly runs: readonly Run[];
  readonly wanted: readonly Wanted[];
  /** Whether a text stands in a file that may be changed. */
  readonly editable: (origin: Origin) => boolean;
  /** Whether what make's variables hold reaches other programs by the environment. */
  readonly exported: (origin: Origin) => boolean;
}

/** Places every wanted change where all that use the place want the same; null where that is nowhere. */
export function placeAll(found: Found): ReadonlyMap<Wanted, Placed | null> {
  const index = new Index(found);
  const placed = new Map(found.wanted.map((one) => [one, index.place(one)]));
  const crossing = crossed([...placed.values()]);
  return new Map([...placed].map(([one, there]) => [one, crossing.has(there) ? null : there]));
}

/** Changes of which each is right alone, and that replace the same text by different ones. */
function crossed(placed: readonly (Placed | null)[]): ReadonlySet<Placed | null> {
  const spans = placed.flatMap((one) => {
    if (one === null) return [];
    const { at } = one.origin.text;
    return [{ one, path: one.origin.path, start: at[one.start]!, end: at[one.end]! }];
  });
  spans.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.start - b.start));
  const found = new Set<Placed | null>();
  for (const [i, span] of spans.entries()) {
    for (const next of spans.slice(i + 1)) {
      if (next.path !== span.path || next.start >= span.end) break;
      const same = next.start === span.start && next.end === span.end;
      if (same && next.one.text === span.one.text) continue;
      found.add(span.one);
      found.add(next.one);
    }
  }
  return found;
}

interface Occurrence {
  readonly run: Run;
  readonly start: number;
  readonly end: number;
  readonly use: Use | null;
}

/** A place that a change can be made in, and what it would be there. */
export interface Candidate {
  readonly spot: Spot;
  readonly text: string;
}

class Index {
  readonly #found: Found;
  readonly #occurrences = new Map<string, Occurrence[]>();
  readonly #wanted = new Map<Run, Wanted[]>();
  /** Variables that text names which make reads as a makefile once more. */
  readonly #evaluated: ReadonlySet<string>;
  readonly #roots = new Map<Program, readonly string[]>();
  readonly #candidates = new Map<Wanted, readonly Candidate[]>();

  constructor(found: Found) {
    this.#found = found;
    this.#evaluated = new Set(found.runs.flatMap(evaluatedNames));
    for (const run of found.runs) for (const line of run.lines) this.#addLine(run, line);
    for (const one of found.wanted) {
      this.#wanted.set(one.run, [...(this.#wanted.get(one.run) ?? []), one]);
      this.#candidates.set(one, candidatesOf(one));
    }
  }

  place(one: Wanted): Placed | null {
    for (const candidate of this.#candidates.get(one)!) {
      const { spot } = candidate;
      if (!this.#found.editable(spot.origin)) continue;
      const text = this.#agreed(one, candidate);
      if (text !== null) return { origin: spot.origin, start: spot.start, end: spot.end, text };
    }
    return null;
  }

  #addLine(run: Run, line: RunLine): void {
    const { expansion, origin, start } = line;
    const end = start + expansion.text.length;
    this.#add(origin, { run, start, end, use: null });
    for (const use of expansion.uses) {
      for (const value of use.values) {
        this.#add(value, { run, start: start + use.start, end: start + use.end, use });
      }
    }
  }

  #add(origin: Origin, occurrence: Occurrence): void {
    const key = keyOf(origin);
    const all = this.#occurrences.get(key);
    if (all) all.push(occurrence);
    else this.#occurrences.set(key, [occurrence]);
  }

  /** The text that all occurrences of the spot's origin want there, or null where one does not. */
  #agreed(one: Wanted, candidate: Candidate): string | null {
    const { spot } = candidate;
    const { origin } = spot;
    const definition = origin.definition !== null;
    if (spot.through.some(({ copies, origin: of }) => copies > 1 && of === origin)) {
      if (!this.#everyCopy(one, candidate)) return null;
    }
    if (origin.definition !== null && this.#evaluated.has(origin.definition.name.text)) return null;
    const texts = new Set<string | null>();
    const count = new Map<string, number>();
    let asked = 0;
    for (const occurrence of this.#occurrences.get(keyOf(origin)) ?? []) {
      const same = this.#same(occurrence, candidate);
      if (same.some(({ wanted }) => wanted.sure !== one.sure)) return null;
      for (const { wanted, text } of same) {
        texts.add(makeText(text, wanted.run.program));
        for (const root of this.#rootTexts(wanted.run.program))
          count.set(root, (count.get(root) ?? 0) + 1);
        asked++;
      }
      if (same.length === 0 && !this.#bears(occurrence, one, definition)) return null;
    }
    if (texts.has(null)) return null;
    const root = [...count].find(([, times]) => times === asked)?.[0] ?? null;
    return this.#spelled(one, candidate, [...texts].map(String), root);
  }

  /** What an occurrence wants at the same spot, to the same end. */
  #same({ run, start, end }: Occurrence, { spot, text }: Candidate) {
    const key = keyOf(spot.origin);
    return (this.#wanted.get(run) ?? []).flatMap((wanted) => {
      if (wanted.start < start || wanted.end > end) return [];
      const there = this.#candidates
        .get(wanted)!
        .find(
          (other) =>
            keyOf(other.spot.origin) === key &&
            other.spot.start === spot.start &&
            other.spot.end === spot.end &&
            normalText(other.text) === normalText(text),
        );
      return there ? [{ wanted, text: there.text }] : [];
    });
  }

  /** Whether an occurrence that does not want it stays right. */
  #bears({ run, start, end, use }: Occurrence, one: Wanted, definition: boolean): boolean {
    const wanted = this.#wanted.get(run) ?? [];
    if (wanted.some((other) => other.start <= start && end <= other.end && start < end)) {
      // It is replaced together with what stands around, or taken out.
      return definition;
    }
    if (!definition) return false;
    if (start === end && use?.by == null) return true;
    if (wanted.some(({ full }) => full.start < end && start < full.end)) return false;
    const by = use?.by ?? null;
    if (by !== null && LOOKS.test(by)) return true;
    if (by !== null && !PATHS.test(by)) return false;
    const to = reached(one.text)?.path ?? "";
    if (to === RUNNER) return runnerFits(run, start, end);
    return to.startsWith(VENV) && venvFits(run, start, end);
  }

  #rootTexts(program: Program): readonly string[] {
    const known = this.#roots.get(program) ?? rootTexts(program);
    this.#roots.set(program, known);
    return known;
  }

  #everyCopy({ run, line }: Wanted, candidate: Candidate): boolean {
    const { spot } = candidate;
    const copies = spot.through
      .filter(({ origin }) => origin === spot.origin)
      .reduce((product, use) => product * use.copies, 1);
    const all = { run, start: 0, end: run.text.length, use: null };
    return (
      this.#same(all, candidate).filter(({ wanted }) => wanted.line === line).length === copies
    );
  }

  /** One text for all: as make's own folder sees it, else absolute. */
  #spelled(
    { run: { program } }: Wanted,
    { spot: { origin }, text: wanted }: Candidate,
    [text, another]: readonly string[],
    root: string | null,
  ): string | null {
    const target = reached(wanted);
    if (another === undefined && (origin.definition === null || target === null)) return text!;
    if (target === null) return null;
    // What runs below may use it too, from any folder.
    if (origin.definition !== null && this.#found.exported(origin)) return null;
    const plain = fromHere(program, target.path) + target.rest;
    if (another === undefined && text === plain) return plain;
    if (root === null) return null;
    const path = `${root}/${target.path}`;
    return (target.path === RUNNER ? `"${path}"` : path) + target.rest;
  }
}

/** Inner values before outer ones; in one value the whole of a call before what stands inside. */
function innermostFirst(spots: readonly Spot[]): readonly Spot[] {
  const groups: Spot[][] = [];
  for (const spot of spots) {
    const last = groups.at(-1);
    if (last?.at(0)?.origin === spot.origin) last?.push(spot);
    else groups.push([spot]);
  }
  return groups.reverse().flat();
}

/** From the innermost place to the line itself; last, whole references of the line. */
export function candidatesOf({ line, start, end, text, full }: Wanted): readonly Candidate[] {
  const { expansion } = line;
  const [from, to] = [start - line.start, end - line.start];
  const all = [{ start, end, text }, ...(full.text === text ? [] : [full])];
  const found = all.flatMap((one) =>
    innermostFirst(spotsOf(expansion, one.start - line.start, one.end - line.start)).map(
      (spot) => ({ spot, text: one.text }),
    ),
  );
  const outer = expansion.uses.filter(({ through, by }) => through.length === 0 && by === null);
  const first = outer.find((use) => use.start < from && from < use.end);
  const last = outer.find((use) => use.start < to && to < use.end);
  const [left, right] = [first?.start ?? from, last?.end ?? to];
  const [before, after] = [expansion.text.slice(left, from), expansion.text.slice(to, right)];
  const whole = spotsOf(expansion, left, right).find(({ through }) => through.length === 0);
  if ((!first && !last) || !whole || `${before}${after}`.includes("${MAKE_")) return found;
  return [...found, { spot: whole, text: before + text + after }];
}

/** The variables that a template names, as `$$(PYTHON)` in what `$(eval …)` reads. */
export function evaluatedNames({ kind, text }: Run): readonly string[] {
  if (kind !== "other") return [];
  return [...text.matchAll(/\$[({]([\w.-]+)[)}]/g)].map(([, name]) => name!);
}

/** Functions that only ask whether something is there, or say something. */
const LOOKS = /^(wildcard|shell|if|or|and|info|warning|error)$/;
/** Functions of a path that follow it. */
const PATHS = /^(abspath|realpath)$/;
const RUNNER = "build/python/run.py";
const VENV = "build/python/venv";
