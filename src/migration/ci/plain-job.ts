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
    stops: false,
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
  if (version == null || version === "" || version.includes("$") || python === null) return null;
  // `latest`, `3`, `3.x`, `pypy3.11`: whichever that is, it is not named as the one.
  const minor = /^[^\w$]*(\d+\.\d+)(?![\d])/.exec(version)?.[1];
  if (minor === python) return null;
  return `The job has Python ${minor ?? version}; the central venv has ${python}.`;
}

/**
 * The Python of an image by its name: major.minor, or the tag where that leaves it open; null where
 * it is no image of Python's.
 */
export function pythonOfImage(image: string): string | null {
  const found = /(?:^|\/)python(?::([^@]*))?(?:@.*)?$/.exec(image);
  if (found === null) return null;
  const tag = found[1] ?? "latest";
  return /^\d+\.\d+/.exec(tag)?.[0] ?? tag;
}
