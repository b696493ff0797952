import type { AndOr, Statement } from "unbash";
import { editOfFile } from "../fragment.ts";
import type { Edit } from "../site.ts";
import type { List } from "./model.ts";

/** What goes: whole statements of lists, and parts of `a && b`. Later edits are made from all of it. */
export interface Removals {
  readonly statements: Map<List["statements"], { readonly list: List; readonly gone: Set<number> }>;
  readonly parts: Map<AndOr, { readonly list: List; readonly gone: Set<number> }>;
}

export function noRemovals(): Removals {
  return { statements: new Map(), parts: new Map() };
}

export function removeStatement({ statements }: Removals, list: List, index: number): void {
  const entry = statements.get(list.statements) ?? { list, gone: new Set<number>() };
  statements.set(list.statements, entry);
  entry.gone.add(index);
}

export function removePart({ parts }: Removals, list: List, node: AndOr, index: number): void {
  const entry = parts.get(node) ?? { list, gone: new Set<number>() };
  parts.set(node, entry);
  entry.gone.add(index);
}

/** Whether something of a list stays, or may all of it go. */
export function canEmpty(list: List): boolean {
  return (
    list.kind === "part" && (list.part.whole !== null || list.part.fragment.text.includes("\n"))
  );
}

/** The edit that takes a statement out, given what else goes. */
export function statementEdit(removals: Removals, list: List, index: number): readonly Edit[] {
  const { statements, fragment, part } = list;
  const gone = removals.statements.get(statements)?.gone ?? new Set<number>();
  const { text } = fragment;
  if (list.kind === "part" && part.whole !== null && onlyComments(list, gone)) {
    const first = Math.min(...gone);
    return index === first ? [{ ...part.whole, text: "" }] : [];
  }
  const one = statements[index]!;
  const next = statements[index + 1];
  const before = statements[index - 1];
  const [start, end] = linesOf(text, one);
  if (start !== null && end !== null) {
    // The first lines go with the line end behind them, all others with the one before.
    const leads = text.slice(0, start).trim() === "" || leadsTo(list, index, gone);
    return leads
      ? [editOfFile(fragment, { start, end: Math.min(end + 1, text.length), text: "" })]
      : [editOfFile(fragment, { start: start - 1, end, text: "" })];
  }
  if (next !== undefined && !text.slice(one.end, next.pos).includes("\n")) {
    return [editOfFile(fragment, { start: one.pos, end: next.pos, text: "" })];
  }
  const from =
    before !== undefined && !text.slice(before.end, one.pos).includes("\n") ? before.end : one.pos;
  return [editOfFile(fragment, { start: from, end: one.end, text: "" })];
}

/** Whether nothing but statements that go, each on its lines, stands before this one. */
function leadsTo(
  { statements, fragment, kind }: List,
  index: number,
  gone: ReadonlySet<number>,
): boolean {
  if (kind !== "part" || fragment.text.slice(0, statements[0]!.pos).trim() !== "") return false;
  let at = statements[0]!.pos;
  for (let i = 0; i < index; i += 1) {
    const between = fragment.text.slice(at, statements[i]!.pos);
    if (!gone.has(i) || between.trim() !== "") return false;
    at = statements[i]!.end;
  }
  return fragment.text.slice(at, statements[index]!.pos).trim() === "";
}

/** Whether all statements of the text go, and it holds no others. */
function onlyComments({ statements }: List, gone: ReadonlySet<number>): boolean {
  return statements.every((_, i) => gone.has(i));
}

/** The start of a statement's first line and the end of its last, where nothing else stands there. */
function linesOf(text: string, one: Statement): readonly [number | null, number | null] {
  const start = text.lastIndexOf("\n", one.pos - 1) + 1;
  const newline = text.indexOf("\n", one.end);
  const end = newline < 0 ? text.length : newline;
  const alone =
    text.slice(start, one.pos).trim() === "" &&
    /^[ \t]*(;[ \t]*)?(#.*)?$/.test(text.slice(one.end, end));
  return alone ? [start, end] : [null, null];
}

/** The edit that takes a part out of `a && b`. */
export function partEdit(removals: Removals, list: List, node: AndOr, index: number): Edit {
  const { fragment } = list;
  const gone = removals.parts.get(node)?.gone ?? new Set<number>();
  const one = node.commands[index]!;
  const next = node.commands[index + 1];
  const kept = node.commands.some((_, i) => i > index && !gone.has(i));
  if (next !== undefined && kept)
    return editOfFile(fragment, { start: one.pos, end: next.pos, text: "" });
  const before = node.commands[index - 1];
  return editOfFile(fragment, { start: before?.end ?? one.pos, end: one.end, text: "" });
}
