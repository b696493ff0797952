import type { Redirection, Script, Statement, Word, WordPart } from "unbash";
import type { Variables } from "./known-variables.ts";
import { folderOf, nameOf } from "./paths.ts";
import { folderAt, type Place } from "./place.ts";
import {
  concat,
  HERE,
  HOME,
  literal,
  location,
  only,
  ROOT,
  UNKNOWN,
  unknown,
  type Value,
} from "./value.ts";

/** What decides the value of a word. */
export interface Scope {
  readonly variables: Variables;
  readonly place: Place;
  /** The script's own path, for `$0` and `${BASH_SOURCE[0]}`; null where the text is no script. */
  readonly script: string | null;
}

/** What a word may be once expanded. */
export function evaluate(word: Pick<Word, "parts" | "value">, scope: Scope): Value {
  if (word.parts === undefined) return literal(tilde(word.value));
  return word.parts.map((part) => ofPart(part, scope)).reduce(concat, literal(""));
}

function tilde(text: string): string {
  return /^~(\/|$)/.test(text) ? HOME + text.slice(1) : text.startsWith("~") ? UNKNOWN : text;
}

function ofPart(part: WordPart, scope: Scope): Value {
  switch (part.type) {
    case "Literal":
      return literal(tilde(part.value));
    case "SingleQuoted":
    case "AnsiCQuoted":
    case "Glob":
      return literal(part.value);
    case "DoubleQuoted":
    case "LocaleString":
      return part.parts.map((one) => ofPart(one, scope)).reduce(concat, literal(""));
    case "SimpleExpansion":
      return ofName(part.text.slice(1), scope);
    case "ParameterExpansion":
      return ofParameter(part, scope);
    case "CommandExpansion":
      return part.script === undefined ? unknown : ofCommands(part.script, scope);
    default:
      return unknown;
  }
}

function ofName(name: string, { variables, place, script }: Scope): Value {
  if ((name === "0" || name === "BASH_SOURCE") && script !== null)
    return literal(`${HERE}/${script}`);
  if (name === "BATS_TEST_DIRNAME" && script !== null)
    return literal(`${ROOT}/${folderOf(script)}`);
  if (name === "PWD") {
    const folder = folderAt(place);
    return folder === null ? unknown : literal(`${ROOT}/${folder}`);
  }
  if (name === "HOME") return literal(HOME);
  return variables.get(name)?.value ?? unknown;
}

function ofParameter(part: Extract<WordPart, { type: "ParameterExpansion" }>, scope: Scope): Value {
  const { operation, parameter, prefix, text } = part;
  if (prefix !== undefined) return unknown;
  // zsh: the absolute path of the script, as many folders up as there are `:h`.
  const zsh = /^\$\{0:[aAP]((?::h)+)\}$/.exec(text);
  if (zsh !== null && scope.script !== null) {
    let path = scope.script;
    for (let up = zsh[1]!.length / 2; up > 0; up -= 1) path = folderOf(path);
    return literal(path === "" ? ROOT : `${ROOT}/${path}`);
  }
  // zsh: the folder of the script, absolute.
  if (/^\$\{\(%\):-%(x|N)\}$/.test(text)) return ofName("0", scope);
  const value = ofName(parameter, scope);
  if (operation === undefined) return value;
  if (operation.type === "Default") {
    if (!/^:?[-=]$/.test(operation.operator))
      return operation.operator.endsWith("?") ? value : unknown;
    if (scope.variables.has(parameter) && !value.texts.includes(UNKNOWN)) return value;
    return { ...evaluate(operation.operand, scope), open: true };
  }
  if (
    operation.type === "Remove" &&
    operation.operator === "%" &&
    operation.operand.text === "/*"
  ) {
    return mapped(value, folderOf);
  }
  return unknown;
}

function mapped(value: Value, change: (text: string) => string): Value {
  return {
    ...value,
    texts: value.texts.map((text) => (text.includes(UNKNOWN) ? UNKNOWN : change(text))),
  };
}

/** The value of the commonest command substitutions: where the script is, where the root is. */
function ofCommands(script: Pick<Script, "commands">, scope: Scope): Value {
  const steps = script.commands.flatMap(stepsOf);
  const [first, second] = steps;
  if (first === undefined || steps.length > 2) return unknown;
  const words = first.map((word) => evaluate(word, scope));
  const name = words[0] === undefined ? null : only(words[0]);
  const plain = words.slice(1).filter((value) => !/^-/.test(value.texts[0] ?? ""));
  const argument = plain[0] ?? unknown;
  if (second !== undefined) {
    const pwd = second[0] === undefined ? null : only(evaluate(second[0], scope));
    if (name === "cd" && pwd === "pwd") return absolute(argument, scope.place);
    return name === "git" && pwd === "pwd" ? ofGit(words) : unknown;
  }
  switch (name) {
    case "git":
      return ofGit(words);
    case "dirname":
      return mapped(argument, (text) =>
        text === ROOT || text === HERE ? UNKNOWN : folderOf(text) || ".",
      );
    case "basename":
      return mapped(argument, nameOf);
    case "realpath":
    case "readlink":
      return absolute(argument, scope.place);
    case "pwd":
      return ofName("PWD", scope);
    case "which":
    case "command":
    case "echo":
      return plain.length === 1 ? argument : unknown;
    default:
      return unknown;
  }
}

function ofGit(words: readonly Value[]): Value {
  const texts = words.map(only);
  return texts.includes("rev-parse") && texts.includes("--show-toplevel") ? literal(ROOT) : unknown;
}

/** A path as an absolute one. */
function absolute(value: Value, place: Place): Value {
  return mapped(value, (text) => {
    if (text.startsWith("/")) return text;
    const path = location(text, place);
    return path === null ? UNKNOWN : path === "" ? ROOT : `${ROOT}/${path}`;
  });
}

/** The words of the simple commands of a statement; none for what is not simple. */
function stepsOf({ command }: Statement): readonly (readonly Word[])[] {
  // Of `a || b`, what comes first is what is meant.
  const either = command.type === "AndOr" && command.operators.every((one) => one === "||");
  const commands =
    command.type === "AndOr" ? command.commands.slice(0, either ? 1 : undefined) : [command];
  return commands.map((one) =>
    one.type === "Command" && one.name !== undefined && one.redirects.every(isOfErrors)
      ? [one.name, ...one.args.filter((word): word is Word => word.type === "Word")]
      : [],
  );
}

/** What is written elsewhere is no value: `$(which python3 > /dev/null)` is empty. */
function isOfErrors(one: Redirection): boolean {
  if (!/^(>|>>|>\||&>|&>>)$/.test(one.operator)) return true;
  return one.descriptor?.type === "FileDescriptor" && one.descriptor.value === 2;
}
