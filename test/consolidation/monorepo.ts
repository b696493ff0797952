import { withChoice } from "../../src/consolidation/choices.ts";
import type { Consolidation, Input } from "../../src/consolidation/consolidate.ts";
import { consolidate } from "../../src/consolidation/consolidate.ts";
import type { Decisions } from "../../src/consolidation/decision.ts";
import { NO_DECISIONS } from "../../src/consolidation/decision.ts";
import type { MergeSource } from "../../src/consolidation/source.ts";
import { readText } from "../../src/requirements/readers/read.ts";
import { readRequirementsFile } from "../../src/requirements/readers/requirements-txt.ts";

export const CENTRAL = "build/python/requirements.txt";

/** CPython 3.11 on Linux, as far as markers ask. */
export const LINUX = {
  python_version: "3.11",
  python_full_version: "3.11.7",
  implementation_name: "cpython",
  platform_python_implementation: "CPython",
  os_name: "posix",
  sys_platform: "linux",
  platform_system: "Linux",
  platform_machine: "x86_64",
};

/** Sources from texts by path; the project is the folder. */
export function sources(files: Record<string, string>, localPaths: string[] = []): MergeSource[] {
  return Object.entries(files).map(([path, text]) => ({
    path,
    project: path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".",
    role: /(^|\/)constraints\.txt$/.test(path) ? ("constraint" as const) : ("input" as const),
    reading: path.endsWith(".toml") ? readText(path, text) : readRequirementsFile(path, text),
    compiledFrom: null,
    localPaths: new Set(localPaths),
  }));
}

export function merged(files: Record<string, string>, more: Partial<Input> = {}): Consolidation {
  return consolidate({
    sources: sources(files),
    centralPath: CENTRAL,
    central: null,
    decisions: NO_DECISIONS,
    environment: LINUX,
    open: [],
    members: [],
    ...more,
  });
}

/** The same Python elsewhere. */
export const WINDOWS = {
  ...LINUX,
  ...{
    os_name: "nt",
    sys_platform: "win32",
    platform_system: "Windows",
    platform_machine: "AMD64",
  },
};

/** The requirement lines of a central file, comments on their own line left out. */
export function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "" && !/^\s*#(?! undecided)/.test(line));
}

/** Takes a choice for the conflict about a package, as the editor and the CLI do. */
export function decisionsWith(
  { conflicts, decisions }: Consolidation,
  name: string,
  choice: string,
  of: number | null = null,
): Decisions {
  const conflict = conflicts.find((one) => one.name === name)!;
  const found = conflict.choices.find((one) => one.choice === choice && one.of === of)!;
  return withChoice(decisions, conflict, found);
}
