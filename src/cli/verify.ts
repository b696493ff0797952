import { relative, resolve, sep } from "node:path";
import type { Compared } from "../commands/compare-runs.ts";
import { compareRuns, comparison, endText, oldPythons } from "../commands/compare-runs.ts";
import { gatherMigration } from "../commands/migration.ts";
import { accidentText, scriptsHit, verdictText, verify } from "../commands/verify.ts";
import type { Hands } from "../environment/ground.ts";
import type { VerifyReport } from "../environment/setup-verify.ts";
import { MessageError } from "../plan/message.ts";
import type { Arguments } from "./arguments.ts";
import type { Output } from "./output.ts";
import { count, DONE, NEEDED, paint } from "./output.ts";

type VerifyArguments = Pick<Arguments, "folder" | "json" | "scripts" | "run" | "old" | "notes">;

/** `one-venv verify`: which scripts would not find what they import; with `--run` they run. */
export async function runVerify(
  root: string,
  { folder, json, scripts, run, old, notes }: VerifyArguments,
  hands: Hands,
  output: Output,
): Promise<number> {
  if (run && scripts.length === 0)
    throw new MessageError("--run runs scripts, so name them: one-venv verify --run SCRIPT …");
  const paths = scripts.map((script) => fromRoot(root, resolve(folder, script)));
  const signal = new AbortController().signal;
  const report = await verify(root, paths.length > 0 ? paths : null, signal);
  if (!json) printReport(report, notes, output);
  if (run && !json) printWarning(paths, output);
  const runs = run ? await compareAll(root, paths, old, hands, signal) : null;
  if (json) output.json({ ...report, runs: runs?.map(runJson) ?? null });
  for (const one of json ? [] : (runs ?? [])) printRun(one, output);
  return report.ok && (runs ?? []).every(({ same }) => same) ? DONE : NEEDED;
}

/** Whoever asked for it may not know what a script does before it reads its arguments. */
function printWarning(scripts: readonly string[], output: Output): void {
  output.print();
  const what = scripts.length === 1 ? "This script runs" : "These scripts run";
  output.print(paint("yellow", `${what} now, twice, with --help: ${scripts.join(", ")}`));
}

function fromRoot(root: string, path: string): string {
  const inside = relative(root, path).split(sep).join("/");
  if (inside === "" || inside.startsWith("../"))
    throw new MessageError(`${path} is no script in ${root}.`);
  return inside;
}

async function compareAll(
  root: string,
  scripts: readonly string[],
  old: string | null,
  hands: Hands,
  signal: AbortSignal,
): Promise<Compared[]> {
  const { material, sites } = await gatherMigration(root, { hands, processes: true });
  const compared: Compared[] = [];
  for (const script of scripts) {
    const [usual] = oldPythons(script, material.scan, sites);
    const python = old === null ? usual! : { path: resolve(old), why: "--old names it" };
    compared.push(await compareRuns(comparison(root, script, python), signal));
  }
  return compared;
}

function printReport(report: VerifyReport, notes: boolean, output: Output): void {
  for (const [i, { file, line, column, message }] of report.problems.entries()) {
    output.print(`${paint("red", `${file}:${line}:${column}`)}: ${message}`);
    const others = scriptsHit(report.scripts, i).filter((path) => path !== file);
    if (others.length > 0) output.print(paint("dim", `  needed by ${others.join(", ")}`));
  }
  for (const row of report.accidental) {
    const [use] = row.uses;
    const more = row.uses.length > 1 ? ` (${count(row.uses.length, "import")})` : "";
    output.print(`${paint("yellow", `${use?.file}:${use?.line}`)}: ${accidentText(row)}${more}`);
  }
  for (const { file, line, column, message } of notes ? report.notes : [])
    output.print(paint("dim", `${file}:${line}:${column}: ${message}`));
  for (const { message, mend } of report.venv) {
    output.print(`The venv: ${message}`);
    output.print(paint("dim", `  → ${mend}`));
  }
  output.print(paint(report.ok ? "green" : "yellow", verdictText(report)));
  if (!notes && report.notes.length > 0)
    output.print(
      paint("dim", `${count(report.notes.length, "import")} may be missing; --notes lists them.`),
    );
}

function printRun(
  { script, old, oldCommand, newCommand, oldRun, newRun, same }: Compared,
  output: Output,
) {
  output.print();
  output.print(paint("bold", `${script} --help`));
  output.print(paint("dim", `  old: ${oldCommand.words.join(" ")} (${old.why})`));
  output.print(paint("dim", `  new: ${newCommand.words.join(" ")}`));
  if (same) return output.print(paint("green", `  the same output, ${endText(newRun)}`));
  for (const [name, run] of [
    ["old", oldRun],
    ["new", newRun],
  ] as const) {
    output.print(paint("yellow", `  ${name}: ${endText(run)}`));
    for (const line of run.output.trimEnd().split("\n")) output.print(`    ${line}`);
  }
}

function runJson({ script, old, oldCommand, newCommand, oldRun, newRun, same }: Compared) {
  return {
    ...{ script, same },
    old: { why: old.why, command: oldCommand.words, ...oldRun },
    new: { why: "the runner", command: newCommand.words, ...newRun },
  };
}
