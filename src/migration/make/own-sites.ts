import { withoutSecrets } from "../../requirements/secret.ts";
import type { FinderInput } from "../input.ts";
import { mentionIn } from "../shell/mention.ts";
import type { Edit, Site, SiteKind } from "../site.ts";
import { evaluatedNames } from "./agree.ts";
import { fileOffset } from "./engine.ts";
import { unphonyRule } from "./phony.ts";
import { expandPlainly, type Program } from "./program.ts";
import type { Run } from "./run.ts";

/** A site of make's own at a place of a run. */
export function makeSite(
  run: Run,
  offset: number,
  kind: SiteKind,
  reason: string,
  names: readonly string[],
): Site {
  const text = run.program.readings.find(({ path }) => path === run.path)!.text;
  return {
    ...siteAt(run.path, text, fileOffset(run, offset), kind, reason),
    names,
    stillNames: names,
  };
}

/** A site at an offset of a file. */
export function siteAt(
  path: string,
  text: string,
  offset: number,
  kind: SiteKind,
  reason: string,
  edits: readonly Edit[] = [],
): Site {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const feed = text.indexOf("\n", offset);
  const line = text.slice(0, start).split("\n").length;
  return {
    ...{ id: `${path}:${line}`, path, line, column: offset - start + 1, kind, reason, edits },
    text: withoutSecrets(text.slice(start, feed < 0 ? text.length : feed).trim()),
    ...{ alternative: null, listed: [], names: [], stillNames: [], creates: [] },
  };
}

/** A line above a rule that says which target is phony. */
export function phonyEdit(text: string, start: number, target: string): Edit {
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  return { start, end: start, text: `.PHONY: ${target}${end}` };
}

/** A target `build` that the folder build/ would make count as made. */
export function buildTargetSite(program: Program, { tree }: FinderInput): readonly Site[] {
  if (program.folders.length !== 1 || program.folders[0] !== "") return [];
  for (const path of tree) {
    if (path.startsWith("build/") && !path.startsWith("build/python/")) return [];
  }
  const found = unphonyRule(program, "build");
  if (!found) return [];
  const { rule, path } = found;
  const { text } = program.readings.find((one) => one.path === path)!;
  const reason =
    "The plan creates the folder build/, and make would take a target of that name for done.";
  const edits = [phonyEdit(text, rule.start, "build")];
  return [siteAt(path, text, rule.start, "offer", reason, edits)];
}

/** What make would refuse, with its line. */
export function problemSites(program: Program): readonly Site[] {
  return program.readings.flatMap(({ path, text, problems }) =>
    (mentionIn(text) < 0 ? [] : problems).map(({ line, what }) => {
      const lines = text.split("\n").slice(0, line - 1);
      const offset = lines.reduce((sum, one) => sum + one.length + 1, 0);
      const reason = `Nothing in this file is changed: ${what}. Mend it first.`;
      return siteAt(path, text, offset, "report", reason);
    }),
  );
}

/** SHELL is a Python: recipes are no shell text. */
export function foreignShellSites(program: Program): readonly Site[] {
  return program.definitions.flatMap(({ assignment: { name, value }, origin }) => {
    if (name.text !== "SHELL") return [];
    const shell = expandPlainly(program, origin).text.trim();
    if (!/python/.test(shell)) return [];
    const { text } = program.readings.find((one) => one.path === origin.path)!;
    const reason = `Recipes are run by ${shell} itself: name build/python/run.py there by hand.`;
    return [siteAt(origin.path, text, value.at[0]!, "report", reason)];
  });
}

/** A template that make reads as a makefile once more, and that seems to run Python. */
export function templateSites(runs: readonly Run[]): readonly Site[] {
  const found = new Map<string, Site>();
  for (const run of runs) {
    const { program, text } = run;
    const names = evaluatedNames(run).filter((name) =>
      program.definitions.some(
        ({ assignment }) => assignment.name.text === name && mentionIn(assignment.value.text) >= 0,
      ),
    );
    if (run.kind !== "other" || (names.length === 0 && mentionIn(text) < 0)) continue;
    const site = makeSite(
      run,
      0,
      "report",
      "A template that make evaluates: change it by hand.",
      [],
    );
    found.set(site.id, site);
  }
  return [...found.values()];
}

/** A test of make's that looks for a console script on PATH, where the central venv's is not. */
export function lookupSites(runs: readonly Run[], input: FinderInput): readonly Site[] {
  return runs.flatMap((run) => {
    const found = run.kind === "call" ? LOOKS.exec(run.text)?.[1] : undefined;
    if (found === undefined || !input.consoleScripts.has(found)) return [];
    const reason = `It looks for ${found} on PATH, where the one of the central venv is not: take the test out.`;
    return [makeSite(run, 0, "report", reason, [])];
  });
}

const LOOKS = /^\s*(?:which|command\s+-v|type|hash)\s+([\w.-]+)/;
