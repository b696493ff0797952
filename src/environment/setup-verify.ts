import { join } from "node:path";
import { execa } from "execa";
import { MessageError } from "../plan/message.ts";
import { SETUP } from "./layout.ts";
import type { Reason } from "./setup-check.ts";

/** A place in a file of the repository; line and column count from 1. */
export interface VerifyPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What does not compile or does not resolve, each place once. */
export interface VerifyProblem extends VerifyPlace {
  readonly kind: "syntax" | "missing" | "name" | "relative";
  /** null for what does not compile. */
  readonly module: string | null;
  /** Distributions that would provide it, the likeliest first. */
  readonly provides: readonly { readonly distribution: string; readonly from: string }[];
  /** Folders of the repository that hold it: lines for pythonpath.txt. */
  readonly folders: readonly string[];
}

/** A script that was judged; `problems` are places in the report's list, from 0. */
export interface VerifiedScript {
  readonly path: string;
  readonly kind: "main block" | "package" | "named";
  readonly ok: boolean;
  readonly problems: readonly number[];
}

/** A package that is imported and not declared: it is there because others need it. */
export interface AccidentalImport {
  readonly distribution: string;
  readonly version: string | null;
  readonly through: readonly string[];
  /** Whether every new venv holds it. */
  readonly seed: boolean;
  readonly uses: readonly {
    readonly file: string;
    readonly line: number;
    readonly module: string;
  }[];
}

/** What `setup.py verify --json` reports (docs/cli.md has every key). */
export interface VerifyReport {
  readonly ok: boolean;
  /** The central venv's Python. */
  readonly python: string;
  /** Why the venv is not what the files say: the answer is about the venv as it stands. */
  readonly venv: readonly Reason[];
  readonly scripts: readonly VerifiedScript[];
  readonly problems: readonly VerifyProblem[];
  readonly accidental: readonly AccidentalImport[];
  /** Imports that are not found and need not be. */
  readonly notes: readonly VerifyPlace[];
}

export interface VerifyOptions {
  /** The interpreter that runs setup.py. */
  readonly python: string;
  /** Paths relative to the root, with `/`; null for every script. */
  readonly scripts: readonly string[] | null;
  readonly signal: AbortSignal;
}

/**
 * Has the repository's own setup.py judge scripts without running them. Throws a MessageError
 * where they cannot be judged, and the signal's reason where it was aborted.
 */
export async function verifyScripts(
  root: string,
  { python, scripts, signal }: VerifyOptions,
): Promise<VerifyReport> {
  const setup = join(root, ...SETUP.split("/"));
  const words = [setup, "verify", "--json", ...(scripts === null ? [] : ["--stdin"])];
  const { stdout, stderr, isCanceled } = await execa(python, words, {
    ...{ cwd: root, reject: false, cancelSignal: signal, forceKillAfterDelay: 5_000 },
    ...(scripts === null ? { stdin: "ignore" } : { input: JSON.stringify(scripts) }),
  });
  if (isCanceled || signal.aborted) throw signal.reason;
  try {
    return JSON.parse(stdout) as VerifyReport;
  } catch (error) {
    throw new MessageError(failure(stderr.trim()), { cause: error });
  }
}

function failure(words: string): string {
  if (/invalid choice: '?verify/.test(words))
    return `${SETUP} is older than this One Venv and cannot verify: Consolidate Requirements (one-venv consolidate --write) brings it up to date.`;
  return words || `${SETUP} verify gave no answer.`;
}
