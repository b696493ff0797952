import { shellWords, type Word } from "./shell-words.ts";

/** An option as pip's parser takes it: its long name without dashes, its value, its place. */
export interface LineOption {
  readonly name: string;
  /** Null for a flag. */
  readonly value: string | null;
  readonly start: number;
  readonly end: number;
}

/** What the options part of a line holds; `strays` are words that belong to no option. */
export interface LineOptions {
  readonly options: readonly LineOption[];
  readonly strays: readonly Word[];
}

/** Why pip refuses the options of a line. */
export interface OptionsFailure {
  readonly message: string;
}

/** The options that pip knows in a requirements file: name, whether it takes a value. */
const known: ReadonlyMap<string, boolean> = new Map([
  ["index-url", true],
  ["pypi-url", true],
  ["extra-index-url", true],
  ["no-index", false],
  ["constraint", true],
  ["requirement", true],
  ["editable", true],
  ["find-links", true],
  ["no-binary", true],
  ["only-binary", true],
  ["prefer-binary", false],
  ["require-hashes", false],
  ["no-require-hashes", false],
  ["pre", false],
  ["all-releases", true],
  ["only-final", true],
  ["trusted-host", true],
  ["use-feature", true],
  ["hash", true],
  ["config-settings", true],
]);

/** All of pip's short options take a value. */
const short: ReadonlyMap<string, string> = new Map([
  ["i", "index-url"],
  ["c", "constraint"],
  ["r", "requirement"],
  ["e", "editable"],
  ["f", "find-links"],
  ["C", "config-settings"],
]);

/**
 * Splits a line where pip does: at the first blank-separated word that begins with a dash.
 * Both parts are given by their offsets; a line without options has `options` at its end.
 */
export function optionsStart(line: string): number {
  if (line.startsWith("-")) return 0;
  const found = line.indexOf(" -");
  return found < 0 ? line.length : found + 1;
}

/**
 * Parses the options part of a line, from offset `start` on, as pip (Python's optparse) does:
 * shell quoting, `--name=value`, `-rfile`, unambiguous abbreviations, words in between.
 */
export function parseOptions(line: string, start: number): LineOptions | OptionsFailure {
  const words = shellWords(line.slice(start));
  if (words === null) return { message: "a quotation or an escape is not finished" };
  const rest = words.map((word) => ({ ...word, start: word.start + start, end: word.end + start }));
  const options: LineOption[] = [];
  const strays: Word[] = [];
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at]!;
    if (word.value === "--") {
      strays.push(...rest.slice(at + 1));
      break;
    }
    if (!word.value.startsWith("-") || word.value === "-") {
      strays.push(word);
      continue;
    }
    const option = word.value.startsWith("--") ? longOption(word) : shortOption(word);
    if ("message" in option) return option;
    if (option.value !== undefined) {
      options.push({ ...option, value: option.value });
      continue;
    }
    const value = rest[++at];
    if (value === undefined) return { message: `--${option.name} needs a value` };
    options.push({ ...option, value: value.value, end: value.end });
  }
  for (const option of options) {
    const message = refusal(option);
    if (message !== null) return { message };
  }
  return { options, strays };
}

/** An option whose value, where undefined, is the next word. */
type Begun = Omit<LineOption, "value"> & { readonly value: string | null | undefined };

function longOption(word: Word): Begun | OptionsFailure {
  const equals = word.value.indexOf("=");
  const written = equals < 0 ? word.value : word.value.slice(0, equals);
  const explicit = equals < 0 ? undefined : word.value.slice(equals + 1);
  const matches = known.has(written.slice(2))
    ? [written.slice(2)]
    : [...known.keys()].filter((name) => name.startsWith(written.slice(2)));
  if (matches.length === 0)
    return { message: `pip knows no option ${written} in a requirements file` };
  if (matches.length > 1) {
    return { message: `${written} is ambiguous: ${matches.map((name) => `--${name}`).join(", ")}` };
  }
  const name = matches[0]!;
  const place = {
    name: name === "pypi-url" ? "index-url" : name,
    start: word.start,
    end: word.end,
  };
  if (known.get(name)) return { ...place, value: explicit };
  if (explicit !== undefined) return { message: `--${name} takes no value` };
  return { ...place, value: null };
}

function shortOption(word: Word): Begun | OptionsFailure {
  const name = short.get([...word.value.slice(1)][0]!);
  if (name === undefined) {
    return { message: `pip knows no option ${word.value.slice(0, 2)} in a requirements file` };
  }
  const attached = word.value.slice(2);
  return { name, value: attached === "" ? undefined : attached, start: word.start, end: word.end };
}

/** Why pip refuses an option's value, or null where it takes it. */
function refusal(option: LineOption): string | null {
  const value = option.value ?? "";
  if (option.name === "hash" && !/^sha(256|384|512):/.test(value)) {
    return "--hash needs sha256:, sha384: or sha512: before the digest";
  }
  if (option.name === "config-settings" && !value.includes("=")) {
    return "--config-settings needs KEY=VALUE";
  }
  const listed =
    option.name.endsWith("-binary") ||
    option.name === "all-releases" ||
    option.name === "only-final";
  if (listed && value.startsWith("-")) return `--${option.name} needs a value`;
  return null;
}
