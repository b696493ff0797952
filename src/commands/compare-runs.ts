import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { CapturedRun, Command } from "../environment/captured-run.ts";
import { captureRun } from "../environment/captured-run.ts";
import { pythonOf, RUNNER, VENV } from "../environment/layout.ts";
import type { Site } from "../migration/site.ts";
import type { Scan } from "../monorepo/scan.ts";

/** A Python that a script ran with before there was a central venv, and what says so. */
export interface OldPython {
  readonly path: string;
  readonly why: string;
}

/** The same command with the old Python and through the runner. */
export interface Comparison {
  readonly script: string;
  readonly old: OldPython;
  readonly oldCommand: Command;
  readonly newCommand: Command;
}

/** How both ended. */
export interface Compared extends Comparison {
  readonly oldRun: CapturedRun;
  readonly newRun: CapturedRun;
  /** Whether both said the same, and ended alike. */
  readonly same: boolean;
}

/** Seconds that a script may take for its help. */
const PATIENCE = 30;

/**
 * The Pythons that a script may have run with, the likeliest first: of the environments that lines
 * which run it name, of those in the folders around it, and last whatever `python3` is.
 */
export function oldPythons(
  script: string,
  { root, environments }: Pick<Scan, "root" | "environments">,
  sites: readonly Site[],
): OldPython[] {
  const known = new Set(environments.filter(({ kind }) => kind === "venv").map(({ path }) => path));
  const named = sites
    .filter((site) => runs(site, script))
    .flatMap(({ path, line, names }) =>
      names
        .filter((name) => known.has(name))
        .map((name) => ({ name, why: `${path}:${line} names it` })),
    );
  const around = foldersAbove(script).flatMap((folder) =>
    [...known]
      .filter((path) => folderOf(path) === folder)
      .map((name) => ({ name, why: `it stands in ${folder === "" ? "the root" : folder}` })),
  );
  const found = [...named, ...around].map(({ name, why }) => ({
    path: join(root, ...name.split("/"), ...pythonOf(process.platform).split("/")),
    why,
  }));
  const there = found.filter(({ path }) => existsSync(path));
  const first = new Map(there.toReversed().map((one) => [one.path, one]));
  const usual = process.platform === "win32" ? "python" : "python3";
  return [
    ...there.filter((one) => first.get(one.path) === one),
    { path: usual, why: "it is the one on PATH" },
  ];
}

/** Whether the line has the script's path, from its own folder or after a change into another. */
function runs({ path, text }: Site, script: string): boolean {
  const folder = folderOf(path);
  const words = text.split(/[^\w./-]+/).map((word) => word.replace(/^\.\//, ""));
  if (words.includes(script)) return true;
  if (folder !== "" && script.startsWith(`${folder}/`))
    return words.includes(script.slice(folder.length + 1));
  const into = folderOf(script);
  return words.includes(basename(script)) && words.some((word) => word.replace(/\/$/, "") === into);
}

/** What is run for a script's help: argument lists, in the script's own folder. */
export function comparison(root: string, script: string, old: OldPython): Comparison {
  const isPackage =
    basename(script) === "__main__.py" && existsSync(join(root, dirname(script), "__init__.py"));
  const folder = isPackage ? dirname(dirname(script)) : dirname(script);
  const words = [...(isPackage ? ["-m", basename(dirname(script))] : [basename(script)]), "--help"];
  const cwd = join(root, folder);
  const runner = join(root, ...RUNNER.split("/"));
  const start =
    process.platform === "win32"
      ? [join(root, ...VENV.split("/"), pythonOf("win32")), runner]
      : ["/bin/sh", runner];
  return {
    ...{ script, old },
    oldCommand: { words: [old.path, ...words], cwd },
    newCommand: { words: [...start, ...words], cwd },
  };
}

/** Runs both, one after the other; each has half a minute. This executes the script. */
export async function compareRuns(pair: Comparison, signal: AbortSignal): Promise<Compared> {
  const oldRun = await run(pair.oldCommand, signal);
  const newRun = await run(pair.newCommand, signal);
  const same = oldRun.code === newRun.code && oldRun.output === newRun.output;
  return { ...pair, oldRun, newRun, same: same && !oldRun.outOfTime };
}

/** A program that cannot be started is an answer, too. */
async function run(command: Command, signal: AbortSignal): Promise<CapturedRun> {
  try {
    return await captureRun(command, PATIENCE, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    const output = `${command.words[0]} cannot be started: ${(error as Error).message}\n`;
    return { code: null, outOfTime: false, output };
  }
}

/** How a run ended, in words. */
export function endText({ code, outOfTime }: CapturedRun): string {
  if (outOfTime) return `ended after ${PATIENCE} seconds`;
  return code === null ? "did not end by itself" : `exit code ${code}`;
}

function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    folders.push(folder);
    if (folder === "") return folders;
  }
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
