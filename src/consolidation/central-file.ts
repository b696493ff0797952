import type { Declaration, Reading } from "../requirements/declaration.ts";
import type { Conflict } from "./conflict.ts";
import { key } from "./decision.ts";
import { nameOf } from "./need.ts";

/**
 * The text of the central file, taken apart and put together again. Comments, order and grouping
 * that people wrote survive: only the derived lines are written anew.
 */
export interface CentralLine {
  /** Normalised name. */
  readonly name: string;
  readonly marker: string | null;
  /** The requirement as it stands in the file, without the comment. */
  readonly requirement: string;
  /** The projects that need it, sorted; the root project is `.`. */
  readonly projects: readonly string[];
}

/** A stretch of the file: a requirement with its comment, or text that is kept as it is. */
export interface CentralEntry {
  readonly text: readonly string[];
  readonly declaration: Declaration | null;
  /** What the comment names, split at commas; empty where there is none. */
  readonly comment: readonly string[];
}

export const MARK = "kept by One Venv";

const HEADER = [
  `# The central requirements of this repository, ${MARK}: one line for each package, with the`,
  "# projects that need it. Edit it freely: a line that you change is a decision, and it stays.",
  "# Build the venv: python3 build/python/setup.py    Run with it: build/python/run.py SCRIPT",
  "",
];

const WIDTH = 100;
const UNDECIDED = "# undecided: ";
const UNDECIDED_LINE = /^# undecided: (.*?) \(/;
const OPTION_LINE = /^(--[a-z-]+ \S+)/;
const INDENTED_COMMENT = /^\s+#\s*(.*)$/;

/** Takes the central file apart; `reading` is what the reader made of the same text. */
export function readCentral(text: string, reading: Reading): CentralEntry[] {
  const lines = text === "" ? [] : text.replace(/\r?\n$/, "").split(/\r?\n/);
  const entries: CentralEntry[] = [];
  let next = 0;
  const owners = [...reading.declarations, ...reading.options].sort(
    (a, b) => a.span.line - b.span.line,
  );
  for (const owner of owners) {
    const declaration = "value" in owner ? null : owner;
    const [start, end] = [owner.span.line - 1, owner.span.endLine];
    // A second option on the same line: the line has its entry already.
    if (start < next) continue;
    for (; next < start; next++)
      entries.push({ text: [lines[next]!], declaration: null, comment: [] });
    const tail = lines[end - 1]!.slice(owner.span.endColumn - 1);
    const comments = [/\s#\s*(.*)$/.exec(tail)?.[1] ?? ""];
    for (next = end; INDENTED_COMMENT.test(lines[next] ?? ""); next++) {
      comments.push(INDENTED_COMMENT.exec(lines[next]!)![1]!);
    }
    const comment = comments.flatMap((part) => part.split(",")).map((item) => item.trim());
    entries.push({
      text: lines.slice(start, next),
      declaration,
      comment: comment.filter((item) => item !== ""),
    });
  }
  for (; next < lines.length; next++)
    entries.push({ text: [lines[next]!], declaration: null, comment: [] });
  return entries;
}

/** The key of the line that an entry is, or would be once decided; null for kept text. */
export function entryKey({ declaration, text }: CentralEntry): string | null {
  if (!declaration)
    return OPTION_LINE.exec(text[0]!)?.[1] ?? UNDECIDED_LINE.exec(text[0]!)?.[1] ?? null;
  return key({ name: nameOf(declaration), marker: declaration.marker });
}

/** Whether an entry says that a line is undecided; such a line only stands in proposals. */
export function isUndecided({ declaration, text }: CentralEntry): boolean {
  return declaration === null && UNDECIDED_LINE.test(text[0]!);
}

/** The requirement of a line as it stands there, without the comment. */
export function entryRequirement({ declaration }: CentralEntry): string {
  return declaration!.raw.replace(/\\\r?\n\s*/g, " ").trim();
}

/** What stands in a proposal where a line is still open; such a proposal is never written. */
export function printUndecided(conflict: Conflict): string {
  return `${UNDECIDED}${key(conflict)} (${conflict.sentence})`;
}

/** One derived line with the projects that need it, as it stands in the file. */
export function printLine({ requirement, projects }: CentralLine): string[] {
  if (projects.length === 0) return [requirement];
  const one = `${requirement}  # ${projects.join(", ")}`;
  return one.length <= WIDTH
    ? [one]
    : [requirement, ...projects.map((project) => `    # ${project}`)];
}

/** A line to place in the file: what it is called, and its text. */
export interface Placed {
  readonly key: string;
  readonly text: readonly string[];
}

/**
 * The new text: entries that `owned` names give way to the placed line of their key, or vanish;
 * all others stay. New lines stand where the alphabet puts them among the placed ones.
 */
export function writeCentral(
  entries: readonly CentralEntry[],
  owned: ReadonlySet<CentralEntry>,
  placed: readonly Placed[],
): string {
  const left = new Map(placed.map((line) => [line.key, line]));
  const blocks: Placed[] = (entries.length > 0 ? entries : HEADER.map(asText)).flatMap((entry) => {
    if (!owned.has(entry)) return [{ key: "", text: entry.text }];
    const line = left.get(entryKey(entry)!);
    left.delete(entryKey(entry)!);
    return line ? [line] : [];
  });
  const fresh = [...left.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const last = blocks.findLastIndex((block) => block.key !== "");
  const lines: string[] = [];
  let next = 0;
  for (const [i, block] of blocks.entries()) {
    // Before the first placed line that the alphabet puts behind it.
    for (; block.key !== "" && next < fresh.length && order(fresh[next]!) < order(block); next++) {
      append(lines, fresh[next]!.text);
    }
    append(lines, block.text);
    for (; i === last && next < fresh.length; next++) append(lines, fresh[next]!.text);
  }
  for (; next < fresh.length; next++) append(lines, fresh[next]!.text);
  return `${lines.join("\n")}\n`;
}

function append(lines: string[], more: readonly string[]): void {
  for (const line of more) lines.push(line);
}

/** The index stands first: pip forgets the extra indexes that stand before it. */
function order({ key: line }: Placed): string {
  return line.startsWith("--") ? `${line.startsWith("--index-url") ? "!" : "#"}${line}` : line;
}

function asText(text: string): CentralEntry {
  return { text: [text], declaration: null, comment: [] };
}
