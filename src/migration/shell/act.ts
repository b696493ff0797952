import { type Environment, environmentAt, splitProgram } from "./environment.ts";
import type { Definition } from "./known-variables.ts";
import { mentionIn } from "./mention.ts";
import type { Ran, Said } from "./model.ts";
import { RUNNER, SETUP } from "./paths.ts";
import { nameAt } from "./unwrap.ts";
import { literal, location, UNKNOWN } from "./value.ts";
import { named, type PythonArguments, pythonArguments } from "./words.ts";
import { DEBUGGERS, HARMLESS, TERMINALS, TOOLS } from "./wrappers.ts";

/** What a command does, as far as Python goes. */
export type Act =
  | PythonAct
  | (Program & {
      readonly kind: "pip";
      readonly args: readonly Said[];
      /** The version that the program's name says. */
      readonly version: string | null;
    })
  | (Program & { readonly kind: "create"; readonly target: Said | null })
  | ProgramAct
  | { readonly kind: "activate"; readonly env: Environment; readonly said: Said }
  | { readonly kind: "deactivate" }
  | { readonly kind: "setup" }
  | { readonly kind: "runner" }
  | { readonly kind: "tool"; readonly tool: string; readonly args: readonly Said[] }
  | { readonly kind: "doubt"; readonly reason: string }
  | { readonly kind: "harmless" }
  | { readonly kind: "other"; readonly name: string | null };

/** Another program: a console script, a script of the repository, or neither. */
export type ProgramAct = Program & {
  readonly kind: "program";
  readonly name: string;
  /** The path that names it; null for a name that PATH finds. */
  readonly path: string | null;
};

export type PythonAct = Program & {
  readonly kind: "python";
  readonly version: string | null;
  readonly python: PythonArguments;
  /** Options that the word brings, as in `PY = python3 -u`. */
  readonly options: readonly string[];
};

/** The program that a command starts. */
export interface Program {
  /** What names it: the word, in the fragment's text. */
  readonly start: number;
  readonly end: number;
  /** The environment that its path names; null for a name that PATH finds. */
  readonly env: Environment | null;
  /** The variable that the word is, alone; null where it is none. */
  readonly variable: { readonly name: string; readonly definitions: readonly Definition[] } | null;
}

/** What a command does. */
export function actOf(ran: Ran): Act {
  if (ran.form === "elsewhere" || ran.form === "asking") return { kind: "harmless" };
  const { words, main, place } = ran;
  const said = words[main];
  if (said === undefined || ran.form === "text") return { kind: "harmless" };
  const name = nameAt(words, main);
  const args = words.slice(main + 1);
  if (name === "." || name === "source") return sourced(args, ran);
  if (
    name === "layout" &&
    /^(python|poetry|pipenv|pyenv|anaconda)/.test(args[0]?.word.text ?? "")
  ) {
    return { kind: "doubt", reason: "direnv makes an environment of its own here." };
  }
  if (TERMINALS.has(name ?? "") && args.some(({ word }) => mentionIn(word.text) >= 0)) {
    return { kind: "doubt", reason: "Another terminal runs this: change it by hand." };
  }
  const starter = nameAt(words, 0) ?? "";
  if (DEBUGGERS.has(starter) && words.some(({ word }) => mentionIn(word.text) >= 0)) {
    return {
      kind: "doubt",
      reason: `${starter} wants Python itself: build/python/venv/bin/python3.`,
    };
  }
  if (name === "deactivate") return { kind: "deactivate" };
  // It asks whether there is such a program.
  if (args.length === 0 && /^"?(\$\(|`)/.test(said.word.text)) return { kind: "other", name: null };
  const variable = variableOf(said, ran);
  // Without quotes, the shell splits what a variable holds into words.
  const outer = variable !== null && !said.word.text.startsWith('"');
  const text = said.value.texts[0] ?? "";
  const [command = "", ...options] = outer ? text.split(/\s+/) : [text];
  const program = { start: said.word.pos, end: said.word.end, variable };
  const kinds = new Set(
    said.value.texts
      .map((one) => (outer ? one.split(/\s+/)[0] : one))
      .map((one) => kindOf(one ?? "")),
  );
  if (kinds.size > 1 || text === UNKNOWN || text === `python${UNKNOWN}`) {
    const [option, module] = args.map(({ word }) => word.text);
    const makes =
      (option === "-m" && /^(venv|pip)$/.test(module ?? "")) || isCentral(option ?? "", ran);
    // Whatever a variable such as PYTHON is set to, it makes or fills an environment.
    return makes && /^_?py/i.test(variable?.name ?? text)
      ? programAct(ANY_PYTHON, { ...program, env: null }, [], args, ran)
      : { kind: "other", name: null };
  }
  if (command.includes("/")) return pathAct(command, options, program, args, ran);
  if (variable === null && command.includes(UNKNOWN)) return { kind: "other", name: null };
  if (TOOLS.has(command)) return { kind: "tool", tool: command, args };
  const what =
    command === "py" && !/^-|\.py$/.test(args[0]?.word.text ?? "") ? null : named(command);
  if (what !== null) return programAct(what, { ...program, env: null }, options, args, ran);
  if (HARMLESS.has(command)) return { kind: "harmless" };
  return command === "" || place === undefined
    ? { kind: "other", name: null }
    : { kind: "program", name: command, path: null, ...program, env: null };
}

/** Whether a word names setup.py or run.py of the repository. */
function isCentral(text: string, { place }: Ran): boolean {
  const path = location(text.replaceAll('"', ""), place);
  return [SETUP, RUNNER].some((own) => path === own || text.includes(own));
}

const ANY_PYTHON = { kind: "python", version: null } as const;

function kindOf(text: string): string {
  const name = splitProgram(text)?.name ?? text;
  return named(name)?.kind ?? name;
}

/** The variable that a word is, alone: `$X`, `"${X}"`, `${X:-default}`. */
function variableOf({ word }: Said, ran: Ran): Program["variable"] {
  const found = /^"?\$(?:(\w+)|\{(\w+)\}|\{(\w+):?[-=][^{}]*\})"?$/.exec(word.text);
  const name = found?.[1] ?? found?.[2] ?? found?.[3];
  if (name === undefined) return null;
  return { name, definitions: ran.variables.get(name)?.definitions ?? [] };
}

function pathAct(
  text: string,
  options: readonly string[],
  program: Omit<Program, "env">,
  args: readonly Said[],
  ran: Ran,
): Act {
  const path = location(text, ran.place);
  if (path === RUNNER || text.endsWith(`/${RUNNER}`) || text === RUNNER) return { kind: "runner" };
  if (path === SETUP) return { kind: "setup" };
  const split = splitProgram(text);
  if (split !== null) {
    const env = environmentAt(split.env, ran.place);
    const what = named(split.name);
    if (what !== null) return programAct(what, { ...program, env }, options, args, ran);
    const { name } = split;
    return name.includes(UNKNOWN)
      ? { kind: "other", name: null }
      : { kind: "program", name, path: text, ...program, env };
  }
  return text.includes(UNKNOWN)
    ? { kind: "other", name: null }
    : { kind: "program", name: text, path: text, ...program, env: null };
}

function programAct(
  what: NonNullable<ReturnType<typeof named>>,
  program: Program,
  options: readonly string[],
  args: readonly Said[],
  ran: Ran,
): Act {
  switch (what.kind) {
    case "otherPython":
      return { kind: "doubt", reason: what.reason };
    case "pip":
      return { kind: "pip", ...program, args, version: what.version };
    case "virtualenv":
      return created(program, args);
    case "python": {
      const before = options.map((text) => ({
        word: { text, pos: program.end, end: program.end },
        parts: undefined,
        value: literal(text),
      }));
      return pythonAct(what.version, program, options, pythonArguments([...before, ...args]), ran);
    }
  }
}

function pythonAct(
  version: string | null,
  program: Program,
  options: readonly string[],
  python: PythonArguments,
  { place }: Ran,
): Act {
  const { mode, text, rest } = python;
  if (mode === "module" && text !== null) {
    if (text === "pip") return { kind: "pip", ...program, args: rest, version };
    if (text === "venv" || text === "virtualenv") {
      return created(program, rest);
    }
    if (TOOLS.has(text)) return { kind: "tool", tool: text, args: rest };
  }
  if (mode === "script" && text !== null) {
    const path = location(text, place);
    if (path === SETUP || text.endsWith(`/${SETUP}`) || text === SETUP) return { kind: "setup" };
    if (path === RUNNER || text.endsWith(`/${RUNNER}`) || text === RUNNER)
      return { kind: "runner" };
  }
  return { kind: "python", ...program, version, options, python };
}

/** Without a folder to make, it only asks for help. */
function created(program: Program, args: readonly Said[]): Act {
  const target = targetOf(args);
  return target === null ? { kind: "harmless" } : { kind: "create", ...program, target };
}

const VENV_VALUES = /^(-p|--python|--prompt|--app-data|--upgrade-deps|--extra-search-dir)$/;

/** The folder that `venv` and `virtualenv` are to make. */
export function targetOf(args: readonly Said[]): Said | null {
  for (let i = 0; i < args.length; i += 1) {
    const text = args[i]!.word.text;
    if (VENV_VALUES.test(text)) i += 1;
    else if (!text.startsWith("-")) return args[i]!;
  }
  return null;
}

function sourced(args: readonly Said[], ran: Ran): Act {
  const [said] = args;
  const text = said?.value.texts[0];
  if (said === undefined || text === undefined) return { kind: "other", name: "source" };
  const split = splitProgram(text);
  if (split?.name === "activate") {
    if (ran.active?.by === undefined && /conda/.test(split.env)) {
      return { kind: "doubt", reason: CONDA };
    }
    return { kind: "activate", env: environmentAt(split.env, ran.place), said };
  }
  if (text === "activate" && args.length > 1) return { kind: "doubt", reason: CONDA };
  return { kind: "other", name: "source" };
}

export const CONDA =
  "A Conda environment may bring more than Python packages: a person says what of it is needed.";
