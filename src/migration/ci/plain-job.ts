import type { MigrationInput } from "../input.ts";
import type { CiJob, CiPart } from "./job.ts";

/** Why a job with several Pythons is not moved. */
export const SEVERAL = "The job tests several Pythons; the central venv has one.";

/** A job without anything special about it. */
export function plainJob(name: string, parts: readonly CiPart[], windows: boolean): CiJob {
  return {
    name,
    parts,
    runner: windows ? { kind: "python", separator: "/" } : { kind: "path" },
    anchor: null,
    bare: true,
    report: null,
    offer: null,
    variables: [],
    expressions: new Map(),
  };
}

/** Why a job that sets up this Python is only offered; null where it fits or is not known. */
export function differingPython(
  version: string | null | undefined,
  { python }: MigrationInput,
): string | null {
  const minor = /^[^\d$]*(\d+\.\d+)/.exec(version ?? "")?.[1];
  if (minor === undefined || python === null || minor === python) return null;
  return `The job has Python ${minor}; the central venv has ${python}.`;
}

/** The Python of an image by its name, as major.minor; null where the name does not tell. */
export function pythonOfImage(image: string): string | null {
  return /(?:^|\/)python:(\d+\.\d+)/.exec(image)?.[1] ?? null;
}
