import { readRequirementsFile } from "../../requirements/readers/requirements-txt.ts";
import type { FinderInput } from "../input.ts";
import { lineStart } from "../lines.ts";
import { mentionsIn, pathsOf } from "../mentions.ts";
import { resolvedFrom } from "../paths.ts";
import { placesOf } from "../places.ts";
import { folderOf } from "../shell/paths.ts";
import type { Edit, Site } from "../site.ts";
import { contextOf } from "./context.ts";
import { instructionsOf } from "./instructions.ts";
import type { Uses } from "./uses.ts";

/**
 * What becomes of a Dockerfile: an image keeps its own Python, and where it installs a source that
 * the central requirements account for it is offered an exported lock in its place.
 */
export function dockerfileSites(path: string, text: string, input: FinderInput): readonly Site[] {
  const { uses, candidates } = contextOf(path, text, input);
  const found = offers(uses, text, input);
  const handled = new Set(found.flatMap(({ names }) => names));
  const places = placesOf(path, text);
  const all = [...found, ...reports(text, candidates, handled, uses, input)];
  return all
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, kind, reason, edits, names, creates }) => ({
      ...places.at(at),
      kind,
      reason,
      edits,
      alternative: null,
      listed: [],
      names,
      stillNames: edits.length === 0 ? names : [],
      creates,
    }));
}

type Found = Pick<Site, "kind" | "reason" | "edits" | "names" | "creates"> & {
  readonly at: number;
};

/** One offer for each project whose sources the image installs, where all of its uses are understood. */
function offers(uses: Uses, text: string, input: FinderInput): readonly Found[] {
  const installed = new Set(uses.installs.map(({ source }) => source));
  const projects = Map.groupBy(installed, lockBeside);
  return [...projects].flatMap(([lock, sources]) => {
    if (!isOurs(lock, input)) return [];
    const all = withIncluded(sources, lock, input);
    if (uses.installs.some((one) => all.has(one.source) && one.others.length > 0)) return [];
    if (uses.unclear.some(({ source }) => all.has(source))) return [];
    const edits = editsOf(uses, all, new Set(sources), lock, text);
    if (edits === null || edits.length === 0) return [];
    const at = Math.min(...edits.map(({ start }) => start));
    const kept = uses.python === null || input.python === null || uses.python === input.python;
    const reason = kept
      ? "An image has its own Python: it installs an exported lock, which the checks hold against the central one."
      : `An image has its own Python: it installs an exported lock. The image has Python ${uses.python}, the lock is made for ${input.python}: build it and see.`;
    const several = sources.length > 1 ? ` ${SEVERAL}` : "";
    const names = [...all].filter((source) => isUsed(uses, source));
    return [
      {
        at,
        kind: "offer",
        reason: reason + several,
        edits,
        names,
        creates: [{ path: lock, project: projectOf(lock) }],
      },
    ];
  });
}

function isUsed(uses: Uses, source: string): boolean {
  return (
    uses.installs.some((one) => one.source === source) ||
    uses.copies.some((one) => one.source === source)
  );
}

function lockBeside(source: string): string {
  const folder = folderOf(source);
  return `${folder === "" ? "" : `${folder}/`}requirements.lock`;
}

/** A folder named `requirements` counts as its parent, as it does for sources. */
function projectOf(lock: string): string {
  const folder = folderOf(lock);
  const inside = /^(?:(.*)\/)?requirements(\/.*)?$/.exec(folder);
  return (inside === null ? folder : (inside[1] ?? "")) || ".";
}

/** Whether the lock can be written: nothing is there, or an earlier export. */
function isOurs(lock: string, input: FinderInput): boolean {
  if (!input.tree.has(lock)) return true;
  return input.textOf(lock)?.startsWith("# exported by One Venv") ?? false;
}

/** The sources, and what they include in the same folder: the one lock stands for all of them. */
function withIncluded(
  sources: readonly string[],
  lock: string,
  input: FinderInput,
): ReadonlySet<string> {
  const all = new Set<string>();
  const visit = (source: string): void => {
    if (all.has(source)) return;
    all.add(source);
    const text = input.textOf(source);
    if (text === null) return;
    for (const { target } of readRequirementsFile(source, text).references) {
      const path = resolvedFrom(folderOf(source), target);
      if (path !== null && input.accounted.has(path) && lockBeside(path) === lock) visit(path);
    }
  };
  for (const source of sources) visit(source);
  return all;
}

/** The edits that put the lock in the place of the sources; null where one cannot be made. */
function editsOf(
  uses: Uses,
  all: ReadonlySet<string>,
  installed: ReadonlySet<string>,
  lock: string,
  text: string,
): readonly Edit[] | null {
  const name = lock.slice(lock.lastIndexOf("/") + 1);
  const edits: Edit[] = [];
  const copied = uses.copies.filter(({ source }) => all.has(source));
  for (const [instruction, group] of Map.groupBy(copied, (one) => one.instruction)) {
    const first = group.find(({ source }) => installed.has(source));
    for (const one of group) {
      if (!one.follows) continue;
      if (one === first) edits.push(renamed(one, name));
      else if (first !== undefined || group.length < instruction.words.length - 1) {
        edits.push(withoutWord(text, one));
      } else return null; // the instruction would be left without anything to copy
    }
  }
  const seen = new Set<number>();
  for (const one of uses.installs.filter(({ source }) => all.has(source))) {
    if (seen.has(one.command)) edits.push(withoutWord(text, one));
    else if (one.renamed) edits.push(renamed(one.file, name));
    seen.add(one.command);
  }
  for (const one of uses.removed.filter(({ source }) => all.has(source))) {
    if (one.renamed) edits.push(renamed(one.word, name));
  }
  const kept = new Map(edits.map((edit) => [`${edit.start}:${edit.end}`, edit]));
  return [...kept.values()];
}

function renamed(word: { value: string; start: number; end: number }, name: string): Edit {
  const last = Math.max(word.value.lastIndexOf("/"), word.value.lastIndexOf("\\")) + 1;
  return { start: word.start + last, end: word.end, text: name };
}

/** Takes a word away, with the blanks before it. */
function withoutWord(text: string, { start, end }: { start: number; end: number }): Edit {
  let from = start;
  while (/[ \t]/.test(text[from - 1] ?? "")) from--;
  return { start: from, end, text: "" };
}

/** A report for each word that names a source which no offer takes away. */
function reports(
  text: string,
  candidates: readonly string[],
  handled: ReadonlySet<string>,
  uses: Uses,
  input: FinderInput,
): readonly Found[] {
  const known = new Map<number, string>();
  for (const one of uses.copies) known.set(one.start, one.source);
  for (const one of uses.installs) known.set(one.file.start, one.source);
  const sources = { accounted: input.accounted, environments: new Set<string>() };
  const perLine = new Set<number>();
  return instructionsOf(text).flatMap(({ name, flags, words }) =>
    [...flags, ...words].flatMap(({ start, end }) => {
      if (!/^(COPY|ADD|RUN)$/.test(name)) return [];
      const source = known.get(start);
      const named =
        source === undefined
          ? pathsOf(mentionsIn(text.slice(start, end), candidates, sources))
          : [source];
      const names = named.filter((path) => !handled.has(path));
      const line = lineStart(text, start);
      if (names.length === 0 || perLine.has(line)) return [];
      perLine.add(line);
      return [
        { at: start, kind: "report" as const, reason: NEEDED, edits: [], names, creates: [] },
      ];
    }),
  );
}

const SEVERAL = "The one lock stands for all files that it installs, those for development too.";

const NEEDED =
  "The image needs this file. Give it an exported lock (`setup.py export`) before the file goes.";
