import { parseArgs } from "node:util";
import { MessageError } from "../plan/message.ts";

/** What a command line asks for. */
export interface Arguments {
  readonly command: Command;
  /** The folder, as typed; the working directory where none is. */
  readonly folder: string;
  readonly json: boolean;
  readonly write: boolean;
  /** `--decide NAME=ANSWER`, in the order typed. */
  readonly decide: readonly { readonly name: string; readonly answer: string }[];
  readonly prefer: "highest" | "lowest" | null;
  /** `--leave-out PATH=REASON`. */
  readonly leaveOut: readonly { readonly path: string; readonly reason: string }[];
  readonly include: readonly string[];
  readonly buildConstraints: readonly string[];
  /** The base Python as major.minor, or null. */
  readonly python: string | null;
  readonly resolve: boolean;
  readonly suggest: boolean;
  /** Paths that may be replaced although a person made or changed them. */
  readonly replace: readonly string[];
  /** Of a migration, as `MigrationChoices` has them. */
  readonly take: readonly string[];
  readonly leave: readonly string[];
  readonly second: readonly string[];
  readonly remove: readonly string[];
  /** Paths of scripts, as typed; relative ones are meant from the folder. */
  readonly scripts: readonly string[];
  /** Whether the scripts that are named may run. */
  readonly run: boolean;
  /** The Python that they ran with before, or null. */
  readonly old: string | null;
  readonly notes: boolean;
}

export const COMMANDS = [
  "scan",
  "consolidate",
  "migrate",
  "verify",
  "check",
  "lock",
  "undo",
] as const;
export type Command = (typeof COMMANDS)[number];

const OPTIONS = {
  json: { type: "boolean" },
  write: { type: "boolean" },
  decide: { type: "string", multiple: true },
  prefer: { type: "string" },
  "leave-out": { type: "string", multiple: true },
  include: { type: "string", multiple: true },
  "build-constraint": { type: "string", multiple: true },
  python: { type: "string" },
  resolve: { type: "boolean" },
  suggest: { type: "boolean" },
  replace: { type: "string", multiple: true },
  take: { type: "string", multiple: true },
  leave: { type: "string", multiple: true },
  second: { type: "string", multiple: true },
  remove: { type: "string", multiple: true },
  run: { type: "boolean" },
  old: { type: "string" },
  notes: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const;

const ALLOWED: Record<Command, readonly string[]> = {
  scan: ["json"],
  consolidate: [
    ...["json", "write", "decide", "prefer", "leave-out", "include", "build-constraint"],
    ...["python", "resolve", "suggest", "replace"],
  ],
  migrate: ["json", "write", "take", "leave", "second", "remove"],
  verify: ["json", "run", "old", "notes"],
  check: ["json"],
  lock: ["json", "write"],
  undo: ["json", "write"],
};

/** Reads the words after `one-venv`; throws a MessageError that says what is wrong with them. */
export function readArguments(words: readonly string[]): Arguments | "help" | "version" {
  const { values, positionals } = parse(words);
  if (values.help) return "help";
  if (values.version) return "version";
  const [command, ...rest] = positionals;
  if (command === undefined || command === "help") return "help";
  if (!isCommand(command)) {
    throw new MessageError(
      `there is no command "${command}"; the commands are ${COMMANDS.join(", ")}.`,
    );
  }
  const { folder, scripts } = placesOf(command, rest);
  const unfit = Object.keys(values).find((option) => !ALLOWED[command].includes(option));
  if (unfit) throw new MessageError(`${command} has no option --${unfit}.`);
  return {
    ...{ command, folder, json: values.json ?? false, write: values.write ?? false },
    decide: (values.decide ?? []).map(readDecide),
    prefer: readPrefer(values.prefer),
    leaveOut: (values["leave-out"] ?? []).map(readLeaveOut),
    include: values.include ?? [],
    buildConstraints: values["build-constraint"] ?? [],
    python: readPython(values.python),
    resolve: (values.resolve ?? false) || (values.suggest ?? false),
    suggest: values.suggest ?? false,
    replace: values.replace ?? [],
    take: values.take ?? [],
    leave: values.leave ?? [],
    second: values.second ?? [],
    remove: values.remove ?? [],
    ...{ scripts, run: values.run ?? false, old: values.old ?? null, notes: values.notes ?? false },
  };
}

/** The folder, and for `verify` the scripts behind it, or in its place. */
function placesOf(command: Command, words: readonly string[]) {
  const isScript = command === "verify" && /\.pyw?$/.test(words[0] ?? "");
  const [folder = ".", ...rest] = isScript ? [".", ...words] : words;
  if (rest.length > 0 && command !== "verify")
    throw new MessageError(`one folder at most, and this is a second: ${rest[0]}`);
  return { folder, scripts: rest };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new MessageError((error as Error).message, { cause: error });
  }
}

function isCommand(word: string): word is Command {
  return (COMMANDS as readonly string[]).includes(word);
}

/**
 * `NAME=ANSWER`. NAME may be an option with its address (`--extra-index-url URL=drop`), or a path.
 * The answer may be a specifier (`flask===3.0.0`, `flask=>=2`); a plain requirement
 * (`flask==3.0.0`, `flask>=2`) is what people type as well, and means the same.
 */
function readDecide(text: string) {
  const [, option, taken] = /^(--.*?)=\s*(\w+|--.*)$/s.exec(text) ?? [];
  if (option && taken) return { name: option.trim(), answer: taken };
  const [, name, rest] = /^([^=<>!~\s]+)\s*(.*)$/s.exec(text) ?? [];
  if (name && rest && /^([<>!~]|==[^=])/.test(rest)) return { name, answer: rest };
  if (name && rest && /^=\s*\S/.test(rest)) return { name, answer: rest.slice(1).trim() };
  throw new MessageError(
    `--decide ${text}: write NAME=ANSWER, such as flask=highest or flask=flask>=2,<3.`,
  );
}

function readPrefer(text: string | undefined): Arguments["prefer"] {
  if (text === undefined || text === "highest" || text === "lowest") return text ?? null;
  throw new MessageError(`--prefer ${text}: write highest or lowest.`);
}

function readLeaveOut(text: string) {
  const [, path, reason] = /^([^=]+)=(.*\S)\s*$/s.exec(text) ?? [];
  if (path && reason) return { path: path.replace(/^\.\/|\/$/g, ""), reason };
  throw new MessageError(`--leave-out ${text}: write PATH=REASON; the reason is kept.`);
}

function readPython(text: string | undefined): string | null {
  if (text === undefined || /^\d+\.\d+$/.test(text)) return text ?? null;
  throw new MessageError(`--python ${text}: write major.minor, such as 3.11.`);
}
