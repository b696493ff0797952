import { withoutExpressions } from "./formats/expressions.ts";
import { plainFragment } from "./fragment.ts";
import type { FinderInput } from "./input.ts";
import { lineEnd } from "./lines.ts";
import { placesOf } from "./places.ts";
import type { OuterVariable, ShellPart } from "./shell/job.ts";
import { folderOf } from "./shell/paths.ts";
import { shellSites } from "./shell/sites.ts";
import type { Site } from "./site.ts";

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What `just` puts in before the shell reads a line. */
const EXPRESSION = /\{\{(?!\{)(.*?)\}\}/g;

/**
 * The sites of a justfile: each line of a recipe has a shell of its own, in the file's folder; a
 * recipe that begins with `#!` is one script. Where another shell or folder is set, all is named only.
 */
export function justfileSites(path: string, text: string, input: FinderInput): readonly Site[] {
  const places = placesOf(path, text);
  const lines = linesOf(text);
  const names = new Map<string, string>();
  const variables: OuterVariable[] = [];
  for (const { text: line, start } of lines) {
    const found = /^(?:export\s+)?([A-Za-z_][\w-]*)\s*:=\s*(["'])([^"'\\]*)\2\s*(#.*)?$/.exec(
      line.trimEnd(),
    );
    if (found === null) continue;
    const name = found[1]!.replaceAll("-", "_");
    const at = start + line.indexOf(found[2]!) + 1;
    names.set(found[1]!, name);
    variables.push({ name, value: plainFragment(text, at, at + found[3]!.length) });
  }
  const job = {
    path,
    file: text,
    parts: recipesOf(text, lines, names, [folderOf(path)]),
    variables,
    runner: { kind: "path" as const },
    python: "python3",
    anchor: null,
    script: false,
    bareCheckout: false,
    openEnd: false,
  };
  const { sites } = shellSites(job, input, places);
  if (!/^set\s+(working-directory|shell\s*:=\s*\[\s*["'](?!(ba|z|da)?sh["']))/m.test(text))
    return sites;
  const reason = "The file sets another shell or folder: change it by hand.";
  return sites.map((site) => ({
    ...site,
    kind: "report",
    reason,
    edits: [],
    alternative: null,
    stillNames: site.names,
  }));
}

function recipesOf(
  text: string,
  lines: readonly Line[],
  names: ReadonlyMap<string, string>,
  start: readonly string[],
): readonly ShellPart[] {
  const parts: ShellPart[] = [];
  const add = (
    from: number,
    to: number,
    group: string,
    whole: ShellPart["whole"],
    at: readonly string[],
  ) => {
    const fragment = withoutExpressions(plainFragment(text, from, to), EXPRESSION, names);
    parts.push({ fragment, start: at, sameShell: false, group, whole, offer: null });
  };
  let here = start;
  for (let i = 0; i < lines.length; i++) {
    const header = lines[i]!;
    if (/^\[.*\bno-cd\b/.test(header.text)) here = [];
    if (!/^@?[A-Za-z_][^:=]*:(?!=)/.test(header.text)) continue;
    const body: Line[] = [];
    while (i + 1 < lines.length && /^([ \t]|\s*$)/.test(lines[i + 1]!.text)) body.push(lines[++i]!);
    const group = `${header.start}`;
    const written = body.filter(({ text: line }) => line.trim() !== "");
    const [first] = written;
    if (first === undefined) continue;
    if (/^\s*#!/.test(first.text)) {
      if (/\b(ba|z|da|k)?sh\b/.test(first.text))
        add(first.end, body.at(-1)!.end, group, null, here);
    } else {
      for (let n = 0; n < written.length; n++) {
        const line = written[n]!;
        while (/\\\s*$/.test(written[n]!.text) && n + 1 < written.length) n++;
        const from = line.start + /^\s*[@-]*\s*/.exec(line.text)![0].length;
        const { end } = written[n]!;
        const to = end - /\r?\n?$/.exec(text.slice(line.start, end))![0].length;
        add(from, to, group, { start: line.start, end }, here);
      }
    }
    here = start;
  }
  return parts;
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length; start = lineEnd(text, start)) {
    const end = lineEnd(text, start);
    lines.push({ start, end, text: text.slice(start, end) });
  }
  return lines;
}
