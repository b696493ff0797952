import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { readState } from "../plan/file-state.ts";
import { fileProblem, MessageError } from "../plan/message.ts";
import type { FileChange, FileState } from "../plan/plan.ts";
import { ignoreEdits } from "./gitignore.ts";
import {
  ATTRIBUTES,
  BUILD_CONSTRAINTS,
  CENTRAL,
  CONSTRAINTS,
  DECISIONS,
  PYTHONPATH,
  RUNNER,
  SETUP,
} from "./layout.ts";

/** The two Python files as they land in a repository. */
export interface Hands {
  /** The folder that this One Venv ships them in. */
  readonly folder: string;
  readonly setup: FileState;
  readonly runner: FileState;
}

/** What stands in `build/python` and around it now, before a plan is made. */
export interface Ground {
  readonly central: FileState | null;
  readonly decisions: FileState | null;
  readonly setup: FileState | null;
  readonly runner: FileState | null;
  readonly pythonpath: FileState | null;
  readonly constraints: FileState | null;
  readonly buildConstraints: FileState | null;
  readonly attributes: FileState | null;
  /** The .gitignore files that have to change for git to keep build/python. */
  readonly ignoreChanges: readonly FileChange[];
  /** `Makefile:3` where a target named build is not phony and build/ does not exist yet. */
  readonly buildTargets: readonly string[];
}

/** Reads the ground. `processes: false` (an untrusted folder) asks git nothing. */
export async function readGround(root: string, processes: boolean): Promise<Ground> {
  const read = async (path: string) => {
    try {
      return await readState(join(root, ...path.split("/")));
    } catch (error) {
      throw new MessageError(fileProblem(path, error), { cause: error });
    }
  };
  const [
    central,
    decisions,
    setup,
    runner,
    pythonpath,
    constraints,
    buildConstraints,
    attributes,
    edits,
    targets,
  ] = await Promise.all([
    read(CENTRAL),
    read(DECISIONS),
    read(SETUP),
    read(RUNNER),
    read(PYTHONPATH),
    read(CONSTRAINTS),
    read(BUILD_CONSTRAINTS),
    read(ATTRIBUTES),
    processes ? ignoreChanges(root) : [],
    buildTargets(root),
  ]);
  return {
    ...{ central, decisions, setup, runner, pythonpath, constraints, buildConstraints, attributes },
    ignoreChanges: edits,
    buildTargets: targets,
  };
}

/** setup.py and run.py from the folder that this One Venv ships them in. */
export async function readHands(folder: string): Promise<Hands> {
  const [setup, runner] = await Promise.all(
    ["setup.py", "run.py"].map(async (name) => ({
      bytes: await readFile(join(folder, name)),
      mode: 0o755,
    })),
  );
  return { folder, setup: setup!, runner: runner! };
}

async function ignoreChanges(root: string): Promise<FileChange[]> {
  const edits = await ignoreEdits(root);
  return Promise.all(
    edits.map(async ({ path, added }) => {
      const before = await readState(join(root, ...path.split("/")));
      const bytes = Buffer.concat([before?.bytes ?? Buffer.of(), Buffer.from(added)]);
      return { path, before, after: { bytes, mode: before?.mode ?? 0o644 } };
    }),
  );
}

const MAKEFILES = ["GNUmakefile", "makefile", "Makefile"];

async function buildTargets(root: string): Promise<string[]> {
  if (await stat(join(root, "build")).catch(() => null)) return [];
  const found = await Promise.all(
    MAKEFILES.map(async (name) => {
      const text = await readFile(join(root, name), "utf8").catch(() => "");
      const line = unphonyTarget(text, "build");
      return line === null ? [] : [`${name}:${line}`];
    }),
  );
  return found.flat();
}

/**
 * The line of a rule whose target make would take for a file or folder of that name, or null.
 * Such a target silently stops working once a folder of its name exists.
 */
export function unphonyTarget(text: string, target: string): number | null {
  const lines = text.split("\n");
  const names = (part: string) => part.trim().split(/\s+/);
  const phony = lines.some(
    (line) =>
      /^\.PHONY\s*:/.test(line) && names(line.slice(line.indexOf(":") + 1)).includes(target),
  );
  const rule = lines.findIndex(
    (line) =>
      /^[^\s#.:=][^:=]*::?(?!=)/.test(line) &&
      names(line.slice(0, line.indexOf(":"))).includes(target),
  );
  return phony || rule < 0 ? null : rule + 1;
}
