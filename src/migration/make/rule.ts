import { assignment, modifiers } from "./assignment.ts";
import type { Assignment, Branch, Rule } from "./statement.ts";
import { findUnquoted, part, type Text, trimmed } from "./text.ts";

/** What a line with a colon is, and where (in the file) the command after a `;` begins. */
export interface ReadRule {
  readonly statement: Rule | Assignment;
  readonly inline: number | null;
}

/** Reads a rule or a target's own assignment. `whole` still has its comment: a command may need it. */
export function readRule(
  whole: Text,
  common: { readonly line: number; readonly branch: Branch },
  start: number,
): ReadRule {
  const stop = findUnquoted(whole.text, ";#");
  const colon = findUnquoted(whole.text, ":");
  const doubleColon = whole.text[colon + 1] === ":";
  const after = colon + (doubleColon ? 2 : 1);
  const grouped = whole.text[colon - 1] === "&";
  const targets = trimmed(whole, 0, grouped ? colon - 1 : colon);
  const own = ownAssignment(part(whole, after), targets, common);
  if (own) return { statement: own, inline: null };
  const hasCommand = stop >= 0 && whole.text[stop] === ";" && stop > colon;
  const rest = part(whole, after, stop > colon ? stop : whole.text.length);
  const second = findUnquoted(rest.text, ":");
  const needs = part(rest, second + 1);
  const bar = findUnquoted(needs.text, "|");
  const statement: Rule = {
    is: "rule",
    targets,
    start,
    pattern: second < 0 ? null : trimmed(rest, 0, second),
    prerequisites: trimmed(needs, 0, bar < 0 ? needs.text.length : bar),
    orderOnly: bar < 0 ? null : trimmed(needs, bar + 1),
    doubleColon,
    recipe: [],
    ...common,
  };
  return { statement, inline: hasCommand ? whole.at[stop + 1]! : null };
}

function ownAssignment(
  rest: Text,
  targets: Text,
  common: { readonly line: number; readonly branch: Branch },
): Assignment | null {
  const comment = findUnquoted(rest.text, "#");
  const text = comment < 0 ? rest : part(rest, 0, comment);
  const { end, exported } = modifiers(text);
  const written = assignment(part(text, end));
  if (!written) return null;
  return { is: "assignment", ...written, exported, targets, lines: false, ...common };
}
