import { readFile } from "node:fs/promises";
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
  ]);
  return {
    ...{ central, decisions, setup, runner, pythonpath, constraints, buildConstraints, attributes },
    ignoreChanges: edits,
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
