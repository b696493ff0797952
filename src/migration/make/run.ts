import { type Choices, everyWay } from "./choices.ts";
import { expand } from "./expand.ts";
import type { Expansion } from "./expansion.ts";
import { lookedUp, shellCalls } from "./functions.ts";
import { type NamedRule, namesIn, type Program, rulesOf, scopeOf } from "./program.ts";
import type { Branch, RecipeLine, Statement } from "./statement.ts";
import { backslashesBefore, part, type Text } from "./text.ts";
import type { Origin, Place } from "./variables.ts";

/** What a run's text is: commands of a recipe, the command of a `$(shell …)`, or other text of make's. */
export type RunKind = "recipe" | "call" | "targets" | "prerequisites" | "test" | "other";

/** Text as make hands it on, in one of the ways that make may go. */
export interface Run {
  readonly program: Program;
  readonly kind: RunKind;
  /** The file that its text stands in. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly rule: NamedRule | null;
  readonly text: string;
  readonly lines: readonly RunLine[];
  /** Whether every way was looked at. */
  readonly complete: boolean;
}

/** One line of a run: the expansion of one text of the file. Offsets are of the run's text. */
export interface RunLine {
  readonly origin: Origin;
  readonly expansion: Expansion;
  /** Where the expansion begins. */
  readonly start: number;
  /** The commands in it, without the marks before them. */
  readonly commands: readonly { readonly start: number; readonly end: number }[];
  /** The whole line in the file, where it is a recipe's. */
  readonly whole: { readonly start: number; readonly end: number } | null;
}

/** More ways than these are not followed. */
const WAYS = 12;

/** Everything in a program that make expands, in every way. */
export function runsOf(program: Program): readonly Run[] {
  const rules = rulesOf(program);
  const reach = reachable(program, rules);
  return [
    ...rules.flatMap((named) => recipeRuns(program, named, reach)),
    ...program.statements.flatMap(({ statement, path }) => callRuns(program, statement, path)),
    ...program.statements.flatMap(({ statement, path }) => otherRuns(program, statement, path)),
  ];
}

function recipeRuns(program: Program, named: NamedRule, reach: Reach): Run[] {
  const { rule, path } = named;
  if (rule.recipe.length === 0) return [];
  const origins = rule.recipe.map(({ command }) => ({ path, text: command, definition: null }));
  const given = automatic(program, named);
  const { results, complete } = everyWay(rule.branch, WAYS, (choices) => {
    const scope = scopeOf(program, path, {
      ...choices,
      place: placeIn(program, rule.branch, path, named.targets, reach),
      file: null,
    });
    for (const [name, value] of given) scope.given.set(name, value);
    const lines: RunLine[] = [];
    let text = "";
    for (const [i, recipe] of rule.recipe.entries()) {
      if (!choices.reads(recipe.branch)) continue;
      const expansion = expand(origins[i]!, scope);
      lines.push(runLine(expansion, origins[i]!, text.length, recipe));
      text += `${expansion.text}\n`;
    }
    return { lines, text };
  });
  return results.map((one) => ({
    ...{ program, kind: "recipe" as const, path, line: rule.line, rule: named, complete },
    ...one,
  }));
}

function runLine(
  expansion: Expansion,
  origin: Origin,
  start: number,
  { start: from, next }: RecipeLine,
): RunLine {
  const commands = commandsIn(expansion.text).map((one) => ({
    start: start + one.start,
    end: start + one.end,
  }));
  return { origin, expansion, start, commands, whole: { start: from, end: next } };
}

/** The commands of a line: one, or one for each line of a canned recipe. */
function commandsIn(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let from = 0;
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && (text[i] !== "\n" || backslashesBefore(text, i) % 2 === 1)) continue;
    const marks = /^[\s@+-]*/.exec(text.slice(from, i))![0].length;
    found.push({ start: from + marks, end: i });
    from = i + 1;
  }
  return found;
}

/** The commands that make runs whenever it reads (or expands) this statement. */
function callRuns(program: Program, statement: Statement, path: string): Run[] {
  const texts = textsOf(statement);
  return texts.flatMap((text) => {
    const whole: Origin = originOf(program, statement, path, text);
    return shellCalls(whole).flatMap(({ from, to }) => {
      const origin = { path, text: part(text, from, to), definition: null };
      const runs = waysOf(program, statement, path, origin, "call");
      // What only looks for a Python is judged where the Python is used.
      return runs.filter(({ text: command }) => lookedUp(command) === null);
    });
  });
}

function otherRuns(program: Program, statement: Statement, path: string): Run[] {
  const kinds: readonly (readonly [RunKind, Text | null])[] =
    statement.is === "rule"
      ? [
          ["targets", statement.targets],
          ["targets", statement.pattern],
          ["prerequisites", statement.prerequisites],
          ["prerequisites", statement.orderOnly],
        ]
      : statement.is === "test"
        ? [["test", statement.text]]
        : statement.is === "assignment"
          ? [["targets", statement.targets]]
          : statement.is === "include"
            ? [["other", statement.paths]]
            : statement.is === "bare"
              ? [["other", statement.text]]
              : [];
  return kinds.flatMap(([kind, text]) =>
    text === null || text.text === ""
      ? []
      : waysOf(program, statement, path, originOf(program, statement, path, text), kind),
  );
}

/** A definition's value is one and the same origin wherever it is used. */
function originOf(program: Program, statement: Statement, path: string, text: Text): Origin {
  const own = statement.is === "assignment" && statement.value === text;
  return (own ? program.values.get(statement) : null) ?? { path, text, definition: null };
}

function waysOf(
  program: Program,
  statement: Statement,
  path: string,
  origin: Origin,
  kind: RunKind,
): Run[] {
  const { line, branch } = statement;
  const before = program.places.get(statement)!;
  const { results, complete } = everyWay(branch, WAYS, (choices: Choices) => {
    const place: Place = { before, branch, holds: () => "no" };
    const expansion = expand(origin, scopeOf(program, path, { ...choices, place }));
    const commands = [{ start: 0, end: expansion.text.length }];
    return {
      text: `${expansion.text}\n`,
      lines: [{ origin, expansion, start: 0, commands, whole: null }],
    };
  });
  return results.map((one) => ({ program, kind, path, line, rule: null, complete, ...one }));
}

/** The texts of a statement that make expands. */
function textsOf(statement: Statement): readonly Text[] {
  switch (statement.is) {
    case "assignment":
      return [statement.value];
    case "rule": {
      const { targets, prerequisites, orderOnly, recipe } = statement;
      const rest = orderOnly === null ? [] : [orderOnly];
      return [targets, prerequisites, ...rest, ...recipe.map(({ command }) => command)];
    }
    case "include":
      return [statement.paths];
    case "export":
      return [statement.names];
    default:
      return [statement.text];
  }
}

/** Which targets make may build while it builds another, by name. */
type Reach = (from: string) => ReadonlySet<string>;

function reachable(program: Program, rules: readonly NamedRule[]): Reach {
  const needs = new Map<string, string[]>();
  for (const { rule, path, targets } of rules) {
    const texts = rule.orderOnly ? [rule.prerequisites, rule.orderOnly] : [rule.prerequisites];
    const names = texts.flatMap((text) => namesIn(program, path, text));
    for (const target of targets) needs.set(target, [...(needs.get(target) ?? []), ...names]);
  }
  const known = new Map<string, ReadonlySet<string>>();
  return (from) => {
    const before = known.get(from);
    if (before) return before;
    const found = new Set<string>();
    known.set(from, found);
    const open = [from];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      for (const need of needs.get(name) ?? []) {
        if (!found.has(need)) open.push(need);
        found.add(need);
      }
    }
    return found;
  };
}

function placeIn(
  program: Program,
  branch: Branch,
  path: string,
  targets: readonly string[],
  reach: Reach,
): Place {
  const seen = new Map<Text, "yes" | "perhaps" | "no">();
  const holds = (text: Text) => {
    const before = seen.get(text) ?? holding(text);
    seen.set(text, before);
    return before;
  };
  const holding = (text: Text) => {
    const named = namesIn(program, path, text);
    if (named.some((name) => name.includes("%") || name.includes("${"))) return "perhaps";
    if (targets.length > 0 && targets.every((target) => named.includes(target))) return "yes";
    const perhaps = targets.some(
      (target) => named.includes(target) || named.some((name) => reach(name).has(target)),
    );
    return perhaps ? "perhaps" : "no";
  };
  return { before: null, branch, holds };
}

/** `$@`, `$<`, `$^` and their folders, where the rule has one target that is known. */
function automatic(program: Program, { rule, path, targets }: NamedRule): Map<string, string> {
  const given = new Map<string, string>();
  const [target] = targets;
  if (targets.length !== 1 || target === undefined || /[%$]/.test(target)) return given;
  given.set("@", target);
  const needs = namesIn(program, path, rule.prerequisites);
  if (!needs.some((need) => /[%$*?]/.test(need)) && !rule.doubleColon) {
    given.set("<", needs[0] ?? "");
    given.set("^", [...new Set(needs)].join(" "));
    given.set("+", needs.join(" "));
  }
  for (const [name, value] of [...given]) {
    const list = value.split(" ").filter(Boolean);
    const folders = list.map((one) => one.slice(0, Math.max(0, one.lastIndexOf("/"))) || ".");
    given.set(`${name}D`, folders.join(" "));
    given.set(`${name}F`, list.map((one) => one.slice(one.lastIndexOf("/") + 1)).join(" "));
  }
  return given;
}
