import type { Said } from "./model.ts";
import { only } from "./value.ts";

/** What the name of a program says about Python. */
export type Named =
  | { readonly kind: "python"; readonly version: string | null }
  | { readonly kind: "pip"; readonly version: string | null }
  | { readonly kind: "virtualenv" }
  | { readonly kind: "otherPython"; readonly reason: string };

/** Reads `python3.11`, `pip3`, `virtualenv`; null for any other program. */
export function named(name: string): Named | null {
  const python = /^(?:python|py)(\d+(?:\.\d+)*)?t?(?:\.exe)?$/.exec(name);
  if (python !== null) {
    const version = python[1] ?? null;
    if (version?.startsWith("2") === true) {
      return {
        kind: "otherPython",
        reason: "Python 2 is another language: port it or leave it out.",
      };
    }
    return { kind: "python", version: version === "3" ? null : version };
  }
  if (/^(pypy|jython|micropython|graalpy)[\d.]*$/.test(name)) {
    return { kind: "otherPython", reason: `${name} is not the Python of the central venv.` };
  }
  const pip = /^pip(\d+(?:\.\d+)*)?(\.exe)?$/.exec(name);
  if (pip !== null) return { kind: "pip", version: pip[1] === "3" ? null : (pip[1] ?? null) };
  if (/^(virtualenv|pyvenv)(-?\d+(\.\d+)*)?$/.test(name)) return { kind: "virtualenv" };
  return null;
}

/** What Python is asked to run, and the words behind it. */
export interface PythonArguments {
  readonly mode: "script" | "module" | "code" | "stdin" | "asks";
  /** The script, module or code; null for stdin. */
  readonly word: Said | null;
  readonly text: string | null;
  readonly rest: readonly Said[];
}

/** Reads the words behind `python3`. */
export function pythonArguments(words: readonly Said[]): PythonArguments {
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i]!;
    const text = only(word.value);
    const shown = text ?? word.word.text;
    const behind = words.slice(i + 1);
    if (shown === "-") return { mode: "stdin", word: null, text: null, rest: behind };
    if (!shown.startsWith("-")) return { mode: "script", word, text, rest: behind };
    if (/^(-V+|--version|-h|--help(-\w+)?|-\?)$/.test(shown)) {
      return { mode: "asks", word: null, text: null, rest: behind };
    }
    if (/^(-W|-X|--check-hash-based-pycs)$/.test(shown)) {
      i += 1;
      continue;
    }
    const flag = /^-[bBdEiIOPqsSuvx]*([cm])(.*)$/s.exec(shown);
    if (flag !== null) {
      const mode = flag[1] === "c" ? "code" : "module";
      if (flag[2] !== "") return { mode, word, text: flag[2]!, rest: behind };
      const [next, ...rest] = behind;
      return { mode, word: next ?? null, text: next === undefined ? null : only(next.value), rest };
    }
  }
  return { mode: "stdin", word: null, text: null, rest: [] };
}

/** Whether a version that a program's name gives is the central venv's; an unknown one is. */
export function sameVersion(version: string | null, python: string | null): boolean {
  if (version === null || python === null) return true;
  const [major, minor] = version.split(".");
  const [ourMajor, ourMinor] = python.split(".");
  return major === ourMajor && (minor === undefined || minor === ourMinor);
}

/** What is said of a call that names a Python which the central venv does not have. */
export function otherVersion(version: string | null, python: string | null): string {
  return `Names Python ${version}; the central venv has ${python}.`;
}
