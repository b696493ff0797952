import { withoutSecrets } from "../../requirements/secret.ts";
import type { FinderInput } from "../input.ts";
import type { Edit, Site, SiteKind } from "../site.ts";
import { fileOffset } from "./engine.ts";
import { unphonyRule } from "./phony.ts";
import type { Program } from "./program.ts";
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
    problems.map(({ line, what }) => {
      const lines = text.split("\n").slice(0, line - 1);
      const offset = lines.reduce((sum, one) => sum + one.length + 1, 0);
      const reason = `Nothing in this file is changed: ${what}. Mend it first.`;
      return siteAt(path, text, offset, "report", reason);
    }),
  );
}
