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
  /** Paths that may be replaced although a person made or changed them. */
  readonly replace: readonly string[];
}

export const COMMANDS = ["scan", "consolidate", "check", "undo"] as const;
export type Command = (typeof COMMANDS)[number];

const OPTIONS = {
  json: { type: "boolean" },
  write: { type: "boolean" },
  decide: { type: "string", multiple: true },
  replace: { type: "string", multiple: true },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const;

const ALLOWED: Record<Command, readonly string[]> = {
  scan: ["json"],
  consolidate: ["json", "write", "decide", "replace"],
  check: ["json"],
  undo: ["json", "write"],
};

/** Reads the words after `one-venv`; throws a MessageError that says what is wrong with them. */
export function readArguments(words: readonly string[]): Arguments | "help" | "version" {
  const { values, positionals } = parse(words);
  if (values.help) return "help";
  if (values.version) return "version";
  const [command, folder = ".", ...rest] = positionals;
  if (command === undefined || command === "help") return "help";
  if (!isCommand(command)) {
    throw new MessageError(
      `one-venv has no command "${command}". Commands: ${COMMANDS.join(", ")}.`,
    );
  }
  if (rest.length > 0)
    throw new MessageError(`One folder at most, and this is a second: ${rest[0]}`);
  const unfit = Object.keys(values).find((option) => !ALLOWED[command].includes(option));
  if (unfit) throw new MessageError(`one-venv ${command} has no option --${unfit}.`);
  return {
    ...{ command, folder, json: values.json ?? false, write: values.write ?? false },
    decide: (values.decide ?? []).map(readDecide),
    replace: values.replace ?? [],
  };
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
 * `NAME=ANSWER`, where the answer may be a specifier (`flask===3.0.0`, `flask=>=2`); a plain
 * requirement (`flask==3.0.0`, `flask>=2`) is what people type as well, and means the same.
 */
function readDecide(text: string) {
  const [, name, rest] = /^([A-Za-z0-9._-]+)\s*(.*)$/s.exec(text) ?? [];
  if (name && rest && /^([<>!~]|==[^=])/.test(rest)) return { name, answer: rest };
  if (name && rest && /^=\s*\S/.test(rest)) return { name, answer: rest.slice(1).trim() };
  throw new MessageError(
    `--decide ${text}: write NAME=ANSWER, such as flask=highest or flask=flask>=2,<3.`,
  );
}
