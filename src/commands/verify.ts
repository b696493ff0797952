import { exists } from "../environment/exists.ts";
import { findInterpreter } from "../environment/interpreter.ts";
import { CENTRAL, SETUP } from "../environment/layout.ts";
import type {
  AccidentalImport,
  VerifiedScript,
  VerifyProblem,
  VerifyReport,
} from "../environment/setup-verify.ts";
import { verifyScripts } from "../environment/setup-verify.ts";
import type { Scan } from "../monorepo/scan.ts";
import { MessageError } from "../plan/message.ts";

/** Judges scripts (paths relative to the root; null: all) without running them. */
export async function verify(
  root: string,
  scripts: readonly string[] | null,
  signal: AbortSignal,
): Promise<VerifyReport> {
  const there = await exists(root, SETUP);
  if (!there)
    throw new MessageError("There is no central venv to verify scripts with: consolidate first.");
  const { interpreter } = await findInterpreter();
  if (!interpreter) throw new MessageError("No Python 3.8 or newer was found on this machine.");
  return verifyScripts(root, { python: interpreter.path, scripts, signal });
}

/** The answer in a sentence. */
export function verdictText({ scripts, python, problems }: VerifyReport): string {
  const failing = scripts.filter(({ ok }) => !ok).length;
  const judged = `${count(scripts.length, "script")} judged with Python ${python}`;
  if (problems.length > 0)
    return `${judged}: ${failing} would fail, for ${count(problems.length, "reason")}.`;
  return scripts.length === 1
    ? `${judged}: it finds what it imports.`
    : `${judged}: all find what they import.`;
}

/** Why a package that nobody declares is there. */
export function accidentText({ distribution, through, seed }: AccidentalImport): string {
  const why = seed
    ? "every new venv holds it"
    : `it came in through ${through.join(", ") || "another package"}`;
  return `${distribution} is imported, but not declared: ${why}. Declare it where it is imported`;
}

/** What a person does about an import that nothing provides, in a sentence; "" where it is said. */
export function remedyText(
  { file, kind, provides }: VerifyProblem,
  { projects, sources }: Pick<Scan, "projects" | "sources">,
): string {
  const [best] = provides;
  if (kind !== "missing" || !best || best.from === "declared") return "";
  const inputs = new Set(sources.filter(({ role }) => role === "input").map(({ path }) => path));
  const owners = projects.filter(({ path }) => path === "." || file.startsWith(`${path}/`));
  const near = owners.toSorted((a, b) => b.path.length - a.path.length);
  const source = near.flatMap((project) => project.sources).find((path) => inputs.has(path));
  return `Declare ${best.distribution} in ${source ?? CENTRAL}, then consolidate and build.`;
}

/** The scripts that a problem keeps from running, by its place in the list. */
export function scriptsHit(scripts: readonly VerifiedScript[], problem: number): readonly string[] {
  return scripts.filter(({ problems }) => problems.includes(problem)).map(({ path }) => path);
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
