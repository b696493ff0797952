import { afterReference, part, type Text, trimmed } from "./text.ts";

export type Operator = "=" | ":=" | "::=" | ":::=" | "?=" | "+=" | "!=";

/** `NAME OP VALUE`, as written. */
export interface Written {
  readonly name: Text;
  readonly operator: Operator;
  /** Without the white space before it; that behind it stays, as make keeps it. */
  readonly value: Text;
}

/** Words that may stand before an assignment. */
export interface Modifiers {
  readonly exported: boolean;
  readonly override: boolean;
  /** Where what follows them begins. */
  readonly end: number;
  readonly define: boolean;
}

/** Reads `export`, `override`, `private` and `define` at the start of a line. */
export function modifiers({ text }: Text): Modifiers {
  let [exported, override] = [false, false];
  let end = /^\s*/.exec(text)![0].length;
  for (;;) {
    const found = /^(export|override|private|define)(\s+|$)/.exec(text.slice(end));
    if (!found || assignment({ text: text.slice(end), at: [] })) {
      return { exported, override, end, define: false };
    }
    end += found[0].length;
    if (found[1] === "define") return { exported, override, end, define: true };
    exported ||= found[1] === "export";
    override ||= found[1] === "override";
  }
}

/** The assignment that a line without comment and modifiers is, or null. Follows GNU make's own. */
export function assignment(line: Text): Written | null {
  const { text } = line;
  let i = text.length - text.trimStart().length;
  const start = i;
  let end = -1;
  while (i < text.length) {
    let char = text[i]!;
    if (char === "$") {
      if (end >= 0) return null;
      i = afterReference(text, i);
      continue;
    }
    if (/\s/.test(char)) {
      end = i;
      while (/\s/.test(text[i] ?? "")) i++;
      char = text[i] ?? "";
    }
    const operator = operatorAt(text, i);
    if (operator !== null) {
      const from = i + operator.length;
      const blank = /^\s*/.exec(text.slice(from))![0].length;
      const name = part(line, start, end < 0 ? i : end);
      return name.text === "" ? null : { name, operator, value: part(line, from + blank) };
    }
    if (char === ":" || char === "#" || char === "" || end >= 0) return null;
    i++;
  }
  return null;
}

function operatorAt(text: string, i: number): Operator | null {
  const found = /^(?::{0,3}=|[?+!]=)/.exec(text.slice(i, i + 4));
  return found ? (found[0] as Operator) : null;
}

/** The name and operator of a `define` line; `=` where it has none. */
export function defineHead(line: Text): { readonly name: Text; readonly operator: Operator } {
  const whole = trimmed(line);
  const found = /\s*(:{0,3}=|[?+!]=)$/.exec(whole.text);
  if (!found) return { name: whole, operator: "=" };
  return { name: part(whole, 0, found.index), operator: found[1] as Operator };
}
