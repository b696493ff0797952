import { join } from "node:path";
import { execa } from "execa";
import { MessageError } from "../plan/message.ts";

/** What is asked of the resolver: texts as the files would hold them. */
export interface ResolveQuestion {
  readonly requirements: string;
  readonly constraints: string | null;
  readonly buildConstraints: string | null;
  /** Pins to keep where they fit, a line each. */
  readonly preferred: string | null;
}

/** One package of the answer. */
export interface ResolvedPin {
  readonly name: string;
  readonly version: string | null;
}

/** What uv or pip answers. `unknown`: it could not tell (no network, a build that fails). */
export interface ResolveAnswer {
  readonly outcome: "ok" | "unsatisfiable" | "unknown";
  /** The tool and its version. */
  readonly tool: string;
  /** The tool's own words, whole. */
  readonly text: string;
  /** Names of the question's requirements that the text speaks of. */
  readonly names: readonly string[];
  readonly pins: readonly ResolvedPin[];
  /** The version of the base Python that was asked for. */
  readonly python?: string;
}

export interface ResolveOptions {
  /** The folder with setup.py: the one that this One Venv ships. */
  readonly hands: string;
  /** The interpreter that runs it, and is resolved for unless `base` names another. */
  readonly python: string;
  /** A base Python as `--python` takes it, or null. */
  readonly base: string | null;
  readonly signal: AbortSignal;
  /** Time for one answer, in milliseconds; a resolver may hang. */
  readonly patience: number;
}

/**
 * Asks the resolver whether requirements can be met, and by what; nothing is installed. Throws a
 * MessageError where it gives no answer.
 */
export async function resolveRequirements(
  root: string,
  question: ResolveQuestion,
  { hands, python, base, signal, patience }: ResolveOptions,
): Promise<ResolveAnswer> {
  const args = [join(hands, "setup.py"), "resolve", "--json", "--stdin", "--root", root];
  const late = AbortSignal.timeout(patience);
  const { stdout, stderr, isCanceled } = await execa(
    python,
    [...args, ...(base === null ? [] : ["--python", base])],
    {
      ...{ cwd: root, reject: false, input: JSON.stringify(question) },
      ...{ cancelSignal: AbortSignal.any([signal, late]), forceKillAfterDelay: 5_000 },
    },
  );
  if (signal.aborted) throw signal.reason;
  if (isCanceled) {
    const seconds = Math.round(patience / 1000);
    throw new MessageError(`The resolver did not answer within ${seconds} s.`);
  }
  try {
    return JSON.parse(stdout) as ResolveAnswer;
  } catch (error) {
    const words = stderr.trim() || stdout.trim() || "it printed nothing";
    throw new MessageError(`The resolver could not be asked: ${words}`, { cause: error });
  }
}
