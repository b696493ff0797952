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
  if (list.kind === "part" && part.whole !== null && onlyComments(list, gone)) {
    const first = Math.min(...gone);
    return index === first ? [{ ...part.whole, text: "" }] : [];
  }
  return [editOfFile(fragment, { ...spanOut(list, index, gone), text: "" })];
}

/** What goes with a statement: its lines, or its part of a line with what separates it. */
function spanOut(list: List, index: number, gone: ReadonlySet<number>): Span {
  const { statements } = list;
  const { text } = list.fragment;
  const [first, last] = lineMates(list, index);
  const one = statements[index]!;
  const range = (from: number, to: number): readonly number[] =>
    Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
  const whole = linesOf(text, statements[first]!, statements[last]!);
  if (whole !== null && range(first, last).every((i) => gone.has(i))) {
    // The first lines go with the line end behind them, all others with the one before.
    const leads = text.slice(0, whole.start).trim() === "" || leadsTo(list, first, gone);
    const start = leads ? whole.start : whole.start - 1;
    const end = leads ? Math.min(whole.end + 1, text.length) : whole.end;
    return {
      start: index === first ? start : one.pos,
      end: index === last ? end : statements[index + 1]!.pos,
    };
  }
  if (range(index + 1, last).some((i) => !gone.has(i))) {
    return { start: one.pos, end: statements[index + 1]!.pos };
  }
  return { start: index === first ? one.pos : statements[index - 1]!.end, end: one.end };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The first and the last of the statements that stand on the same lines as one does, joined ones too. */
function lineMates({ statements, fragment }: List, index: number): readonly [number, number] {
  const together = (i: number): boolean =>
    !/(?<!\\)\n/.test(fragment.text.slice(statements[i]!.end, statements[i + 1]!.pos));
  let first = index;
  let last = index;
  while (first > 0 && together(first - 1)) first -= 1;
  while (last + 1 < statements.length && together(last)) last += 1;
  return [first, last];
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

/** The lines of statements, without the last line's end; null where something else stands on them. */
function linesOf(text: string, first: Statement, last: Statement): Span | null {
  const start = text.lastIndexOf("\n", first.pos - 1) + 1;
  const newline = text.indexOf("\n", last.end);
  const end = newline < 0 ? text.length : newline;
  const alone = /^[ \t]*$/.test(text.slice(start, first.pos));
  return alone && /^[ \t]*(;[ \t]*)?(#.*)?$/.test(text.slice(last.end, end))
    ? { start, end }
    : null;
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
