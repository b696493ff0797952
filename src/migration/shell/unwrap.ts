import { splitProgram } from "./environment.ts";
import type { Said } from "./model.ts";
import { only } from "./value.ts";
import { named } from "./words.ts";
import { ASKING, ELSEWHERE, HARMLESS, SHELLS, TOOLS, WRAPPERS } from "./wrappers.ts";

/** What a command's words come down to. */
export type Unwrapped =
  | { readonly kind: "command"; readonly main: number; readonly wrappers: readonly string[] }
  /** A word holds the text that a shell runs. */
  | { readonly kind: "text"; readonly word: number; readonly wrappers: readonly string[] }
  | { readonly kind: "elsewhere" }
  | { readonly kind: "asking" };

/**
 * Looks behind `env`, `sudo`, `xargs`, `bash -c` and the like. `runners` are functions of the text
 * that run what they are given, with the number of words of their own.
 */
export function unwrap(
  words: readonly Said[],
  runners: ReadonlyMap<string, number>,
  isFunction: (name: string) => boolean,
): Unwrapped {
  const wrappers: string[] = [];
  let at = 0;
  for (;;) {
    const name = nameAt(words, at);
    if (name === null) return { kind: "command", main: at, wrappers };
    if (ELSEWHERE.has(name)) return { kind: "elsewhere" };
    if (ASKING.has(name)) return { kind: "asking" };
    if (SHELLS.has(name)) return ofShell(words, at, wrappers);
    if (name === "su" || name === "runuser") return ofSu(words, at, [...wrappers, name]);
    const own = runners.get(name);
    const next = own === undefined ? behind(name, words, at) : at + 1 + own;
    if (next === null) {
      const behindOther = isFunction(name) ? null : behindUnknown(name, words, at);
      if (behindOther === null) return { kind: "command", main: at, wrappers };
      return {
        kind: "command",
        main: behindOther,
        wrappers: [...wrappers, UNKNOWN_WRAPPER + name],
      };
    }
    if (next === "asking") return { kind: "asking" };
    if (typeof next === "number" && next >= words.length) {
      return { kind: "command", main: at, wrappers };
    }
    wrappers.push(name);
    if (typeof next === "object") return { kind: "text", word: next.text, wrappers };
    at = next;
  }
}

/** The name of the command at a word, without the folder of a system program. */
export function nameAt(words: readonly Said[], at: number): string | null {
  const said = words[at];
  if (said === undefined) return null;
  const text = only(said.value);
  if (text === null) return null;
  return /^\/(usr\/(local\/)?)?s?bin\/(env|sudo|bash|sh|zsh|nice|time|su|docker|xargs)$/.test(text)
    ? text.slice(text.lastIndexOf("/") + 1)
    : text;
}

/** Where the command behind a wrapper starts, the word that holds its text, or null: it wraps none. */
function behind(
  name: string,
  words: readonly Said[],
  at: number,
): number | "asking" | { readonly text: number } | null {
  if (name === "find" || name === "gfind") return behindFind(words, at);
  if (name === "watch") return behindText(words, at, ["-n", "--interval"]);
  if (name === "parallel") return behindText(words, at, ["-j", "--jobs", "-a", "-N", "--colsep"]);
  if (name === "concurrently") return null;
  const wrapper = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
  if (wrapper === undefined) return null;
  let next = at + 1;
  let own = wrapper.words;
  for (; next < words.length; next += 1) {
    const text = words[next]!.word.text;
    if (name === "command" && /^-[pvV]*[vV]/.test(text)) return "asking";
    if (name === "env" && /^(-S|--split-string)/.test(text)) return null;
    if (text === "--") continue;
    if (wrapper.assignments && /^\w+=/.test(text)) continue;
    if (/^-/.test(text)) {
      if (wrapper.values.includes(text)) next += 1;
      continue;
    }
    if (own === 0) break;
    own -= 1;
  }
  return next;
}

/** What a wrapper that is not known is called in the list of wrappers, before its name. */
export const UNKNOWN_WRAPPER = "? ";

/** Python behind a program that is not known, as in `strace -f python3 x.py`. */
function behindUnknown(name: string, words: readonly Said[], at: number): number | null {
  if (HARMLESS.has(name) || named(name) !== null || TOOLS.has(name)) return null;
  if (/\/(?:bin|Scripts)\/[^/]+$|^(\.|source)$/.test(name)) return null;
  const found = words.findIndex(({ value }, i) => {
    const text = i > at ? only(value) : null;
    const next = words[i + 1]?.word.text ?? "";
    return (
      text !== null &&
      named(splitProgram(text)?.name ?? text)?.kind === "python" &&
      /\.py$|^-[a-zA-Z]*[mcu]$/.test(next)
    );
  });
  return found < 0 ? null : found;
}

function behindFind(words: readonly Said[], at: number): number | null {
  const exec = words.findIndex(
    ({ word }, i) => i > at && /^-(exec|execdir|ok|okdir)$/.test(word.text),
  );
  return exec < 0 ? null : exec + 1;
}

/** The command of `watch` and `parallel`: words, or one word that holds it all. */
function behindText(
  words: readonly Said[],
  at: number,
  values: readonly string[],
): number | { readonly text: number } {
  let next = at + 1;
  for (; next < words.length && words[next]!.word.text.startsWith("-"); next += 1) {
    if (values.includes(words[next]!.word.text)) next += 1;
  }
  const text = words[next]?.word.text ?? "";
  return /^["'].*\s/s.test(text) ? { text: next } : next;
}

/** A shell runs the text behind `-c`, else a script of its own. */
function ofShell(words: readonly Said[], at: number, wrappers: readonly string[]): Unwrapped {
  for (let next = at + 1; next < words.length; next += 1) {
    const text = words[next]!.word.text;
    if (/^-[a-zA-Z]*c[a-zA-Z]*$/.test(text)) {
      while (/^[-+]/.test(words[next + 1]?.word.text ?? "")) next += 1;
      return next + 1 < words.length
        ? { kind: "text", word: next + 1, wrappers }
        : { kind: "command", main: at, wrappers };
    }
    if (/^[-+](o|O)$/.test(text)) next += 1;
    else if (/^[-+][a-zA-Z]*o$/.test(text)) next += 1;
    else if (!/^[-+]/.test(text)) break;
  }
  return { kind: "command", main: at, wrappers };
}

/** `su USER -c TEXT`, in any order. */
function ofSu(words: readonly Said[], at: number, wrappers: readonly string[]): Unwrapped {
  const option = words.findIndex(({ word }, i) => i > at && /^(-c|--command|-lc)$/.test(word.text));
  return option >= 0 && option + 1 < words.length
    ? { kind: "text", word: option + 1, wrappers }
    : { kind: "command", main: at, wrappers };
}
