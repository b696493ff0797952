import { withoutExpressions } from "./formats/expressions.ts";
import { plainFragment } from "./fragment.ts";
import type { FinderInput } from "./input.ts";
import { lineEnd } from "./lines.ts";
import { mentionsIn, pathsOf } from "./mentions.ts";
import { resolvedFrom } from "./paths.ts";
import { placesOf } from "./places.ts";
import { reportAt } from "./report.ts";
import type { ShellPart } from "./shell/job.ts";
import { mentionIn } from "./shell/mention.ts";
import { folderOf } from "./shell/paths.ts";
import { shellSites } from "./shell/sites.ts";
import type { Site } from "./site.ts";

/** What Groovy puts into a text in double quotes. */
const EXPRESSION = /\$\{(.*?)\}/g;

/**
 * The sites of a Jenkinsfile, which is a program: what its `sh` steps run is offered, where their text
 * stands there as the shell gets it and their folder is known; other lines are named.
 */
export function jenkinsSites(path: string, text: string, input: FinderInput): readonly Site[] {
  const places = placesOf(path, text);
  const steps = shellSteps(text);
  const parts = steps.map(({ start, end, quote, folder }): ShellPart => {
    const plain = plainFragment(text, start, end);
    const fragment = quote.startsWith('"')
      ? withoutExpressions(plain, EXPRESSION, new Map())
      : plain;
    const known = folder === null ? [] : [folder];
    return { fragment, start: known, sameShell: false, group: "sh", whole: null, offer: OFFER };
  });
  const job = {
    path,
    file: text,
    parts,
    variables: [],
    runner: { kind: "path" as const },
    python: "python3",
    anchor: null,
    script: false,
    bareCheckout: true,
    openEnd: false,
    stops: true,
  };
  const { sites, unprepared } = shellSites(job, input, places);
  const needy = new Set(unprepared.map(({ id }) => id));
  const called = sites.map((site) => (needy.has(site.id) ? asReport(site) : site));
  return [...called, ...others(text, steps, path, input, places)].toSorted(
    (a, b) => a.line - b.line || a.column - b.column,
  );
}

function asReport(site: Site): Site {
  return {
    ...site,
    kind: "report",
    reason: REPORT,
    edits: [],
    alternative: null,
    stillNames: site.names,
  };
}

/** The lines that no step's text was read from. */
function others(
  text: string,
  steps: readonly Step[],
  path: string,
  input: FinderInput,
  places: ReturnType<typeof placesOf>,
): readonly Site[] {
  const found: Site[] = [];
  for (let start = 0; start < text.length; start = lineEnd(text, start)) {
    const end = lineEnd(text, start);
    const line = text.slice(start, end);
    const at = /^\s*(\/\/|\*|#)/.test(line) ? -1 : mentionIn(line);
    if (at < 0 || /build\/python\/(run|setup)\.py/.test(line)) continue;
    if (steps.some((step) => step.start < end && step.end > start)) continue;
    const names = pathsOf(mentionsIn(line, [folderOf(path), ""], input));
    found.push(reportAt(places, start + at, REPORT, names));
  }
  return found;
}

interface Step {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  /** Where it runs, relative to the root; null where that is not known. */
  readonly folder: string | null;
}

const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'{3}[\s\S]*?'{3}|"{3}[\s\S]*?"{3}|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|[{}]/g;

/** The texts of `sh` steps; one with a backslash is not what the shell gets. */
function shellSteps(text: string): readonly Step[] {
  const steps: Step[] = [];
  const folders: (string | null)[] = [""];
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const before = text.slice(Math.max(0, index - 200), index);
    if (token === "{") folders.push(folderInside(before, folders.at(-1)!));
    else if (token === "}") {
      if (folders.length > 1) folders.pop();
    } else if (/^['"]/.test(token) && /(^|[\s{;])sh\s*\(?\s*(script\s*:\s*)?$/.test(before)) {
      const quote = /^('{3}|"{3}|.)/.exec(token)![0];
      const start = index + quote.length;
      const end = index + token.length - quote.length;
      if (!token.includes("\\")) steps.push({ start, end, quote, folder: folders.at(-1)! });
    }
  }
  return steps;
}

/** The folder that a block runs in, by what stands before its brace. */
function folderInside(before: string, outer: string | null): string | null {
  const changed = /\b(dir|ws)\s*\(([^()]*)\)\s*$/.exec(before);
  if (changed === null) return outer;
  const [, how, argument] = changed;
  const path = /^\s*(?:path\s*:\s*)?(['"])([^'"$\\]+)\1\s*$/.exec(argument!)?.[2];
  return how === "ws" || path === undefined || outer === null ? null : resolvedFrom(outer, path);
}

const OFFER =
  "A Jenkinsfile is a program: look whether this runs where the repository lies, with the central Python.";
const REPORT =
  "A Jenkinsfile is a program, and where its steps run is not known here: change it by hand.";
