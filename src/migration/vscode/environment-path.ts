import type { FinderInput } from "../input.ts";
import { resolvedFrom } from "../paths.ts";
import { relativeTo } from "../shell/paths.ts";

/** A path to a program of an environment, as settings write it: `${workspaceFolder}/venv/bin/python`. */
export interface EnvironmentPath {
  /** The environment, relative to the root. */
  readonly environment: string;
  /** Where the environment's own name stands in the text. */
  readonly start: number;
  readonly end: number;
  readonly separator: "/" | "\\";
  /** In `Scripts`, as Windows has it. */
  readonly windows: boolean;
  /** The program without `.exe`. */
  readonly program: string;
}

const PATH =
  /^(\$\{(?:workspaceFolder|workspaceRoot|containerWorkspaceFolder|localWorkspaceFolder)(?::[^}]*)?\}[/\\]|\.[/\\])?((?:[^$%~:"'*?|<>\s/\\]+[/\\])+)(bin|Scripts)[/\\]([\w.-]+)$/;

/** Usual names of environments: elsewhere a `bin` folder may hold anything. */
const NAMES = /^\.?(v?env|virtualenv|py-?env)[\w.-]*$/i;

/**
 * Reads a text as the path of a program of an environment. `folder` is what `${workspaceFolder}`
 * stands for, relative to the root. Null for any other text, and for the central venv.
 */
export function environmentPath(
  text: string,
  folder: string,
  { environments }: FinderInput,
): EnvironmentPath | null {
  const found = PATH.exec(text);
  if (found === null) return null;
  const [, prefix = "", written, bin, program] = found;
  const name = written!.replace(/[/\\]+$/, "");
  const environment = resolvedFrom(folder, name);
  if (environment === null || environment === "" || environment === "build/python/venv")
    return null;
  if (!environments.has(environment) && !NAMES.test(environment.replace(/^.*\//, ""))) return null;
  return {
    environment,
    start: prefix.length,
    end: prefix.length + name.length,
    separator: text.includes("\\") ? "\\" : "/",
    windows: bin === "Scripts",
    program: program!.replace(/\.exe$/i, ""),
  };
}

/** How a file of `build/python` is written behind `${workspaceFolder}` and a separator. */
export function centralPath(folder: string, path: string, separator: "/" | "\\"): string {
  return relativeTo(folder, path).replaceAll("/", separator);
}

/** Whether the program is a Python that the central venv has too. */
export function isCentralPython(program: string, { python }: FinderInput): boolean {
  const version = /^pythonw?(\d(?:\.\d+)?)?$/i.exec(program);
  if (version === null) return false;
  return version[1] === undefined || version[1] === "3" || version[1] === python;
}
