import { editOfFile } from "../fragment.ts";
import type { Edit } from "../site.ts";
import { type Draft, draft, type Step } from "./draft.ts";
import { type Environment, environmentAt, splitProgram } from "./environment.ts";
import type { ShellJob } from "./job.ts";
import type { Definition, Ran } from "./model.ts";
import { RUNNER, relativeTo, VENV } from "./paths.ts";
import { folderAt } from "./place.ts";
import { anchorOf, bare } from "./runner-path.ts";
import { HERE, only, ROOT } from "./value.ts";
import { named, sameVersion } from "./words.ts";

/** How a variable that holds a Python is used. */
interface Uses {
  readonly definitions: Set<Definition>;
  readonly runs: Step[];
  /** It must stay a Python: it makes the venv, or something that is only reported. */
  stays: boolean;
}

/**
 * The edits of variables that hold a Python: one edit instead of one at each use. The uses that an
 * edit takes in have no site of their own.
 */
export function pythonVariables(
  steps: readonly Step[],
  drafts: ReadonlyMap<Step, Draft>,
  boots: ReadonlySet<Step>,
  gone: ReadonlySet<Step>,
  job: ShellJob,
  python: string | null,
): { readonly drafts: readonly Draft[]; readonly absorbed: ReadonlySet<Step> } {
  const byName = new Map<string, Uses>();
  for (const step of steps) {
    const { act, ran } = step;
    for (const name of mentioned(ran)) usesOf(byName, name).stays ||= !canHoldRunner(step);
    const variable = "variable" in act ? act.variable : null;
    if (variable === null || variable === undefined) continue;
    const uses = usesOf(byName, variable.name);
    for (const one of variable.definitions) uses.definitions.add(one);
    if (variable.definitions.length === 0) uses.stays = true;
    if (gone.has(step) && !boots.has(step)) continue;
    const drafted = drafts.get(step);
    if (drafted !== undefined && drafted.kind !== "report" && drafted.edits.length > 0)
      uses.runs.push(step);
    else if (!(act.kind === "python" && act.python.mode === "asks")) uses.stays = true;
  }
  const made: Draft[] = [];
  const absorbed = new Set<Step>();
  for (const uses of byName.values()) {
    const edits = uses.stays || uses.runs.length === 0 ? null : definitionEdits(uses, job, python);
    if (edits === null) continue;
    const offered = uses.runs.map((step) => drafts.get(step)!).find(({ kind }) => kind === "offer");
    const sure = uses.runs.every(({ ran }) => ran.part.offer === null);
    for (const { definition, edit } of edits) {
      const why =
        offered === undefined ||
        (sure && folderAt(definition.place) !== null && isPlaceDoubt(offered))
          ? null
          : offered.reason;
      made.push(
        draft(
          definition,
          definition.fragment.offsets[definition.start]!,
          why === null ? "rewrite" : "offer",
          why ?? REASON,
          { edits: [edit] },
        ),
      );
    }
    for (const step of uses.runs) absorbed.add(step);
  }
  return { drafts: made, absorbed };
}

const REASON = "One variable, one edit: what it runs goes through the runner.";

function isPlaceDoubt({ reason }: Draft): boolean {
  return reason.startsWith("Its directory") || reason.startsWith("Where it runs");
}

function usesOf(all: Map<string, Uses>, name: string): Uses {
  const uses = all.get(name) ?? { definitions: new Set(), runs: [], stays: false };
  all.set(name, uses);
  return uses;
}

/** Variables that a command's words name otherwise than as its program. */
function mentioned({ words, main }: Ran): readonly string[] {
  return words.flatMap(({ word }, i) =>
    i === main ? [] : [...word.text.matchAll(/\$\{?(\w+)/g)].map(([, name]) => name!),
  );
}

/** What only asks for a program's name, or prints it, is content with the runner. */
function canHoldRunner({ act }: Step): boolean {
  return act.kind === "harmless";
}

interface DefinitionEdit {
  readonly definition: Definition;
  readonly edit: Edit;
}

function definitionEdits(
  { definitions, runs }: Uses,
  job: ShellJob,
  python: string | null,
): readonly DefinitionEdit[] | null {
  const edits: DefinitionEdit[] = [];
  for (const definition of definitions) {
    const span = programSpan(definition, python);
    if (span === null) return null;
    const runner = runnerFor(definition, runs, job);
    if (runner === null) return null;
    const { fragment } = definition;
    const [start, end] = runner.quoted ? [span.whole[0], span.whole[1]] : span.word;
    edits.push({
      definition,
      edit: editOfFile(fragment, {
        start,
        end,
        text: runner.quoted ? `${runner.text}${span.rest}` : runner.text,
      }),
    });
  }
  return edits.length === 0 ? null : edits;
}

/** Where in a value the program stands: alone, and with the quotes around it. */
function programSpan(
  { fragment, start, end, value }: Definition,
  python: string | null,
): {
  readonly word: readonly [number, number];
  readonly whole: readonly [number, number];
  readonly rest: string;
} | null {
  const text = fragment.text.slice(start, end);
  for (const one of value.texts) {
    const [program = ""] = one.trim().split(/\s+/);
    const what = named(splitProgram(program)?.name ?? program);
    if (what?.kind !== "python" || !sameVersion(what.version, python)) return null;
    if (
      splitProgram(program) !== null &&
      environmentAt(splitProgram(program)!.env, startOf(program)).where === "elsewhere"
    )
      return null;
  }
  const found =
    /^(\s*)(["']?)((?:\$\([^()]*\)|\$\{[^{}]*\}|[^\s"'])+|\$\([^()]*\))([^"']*)(["']?)(\s*)$/.exec(
      text,
    );
  if (found === null) return null;
  const [, space, quote, program, rest, close] = found;
  const from = start + space!.length + quote!.length;
  return {
    word: [from, from + program!.length],
    whole: [start + space!.length, from + program!.length + rest!.length + close!.length],
    rest: rest!,
  };
}

function startOf(_program: string) {
  return { pairs: [{ start: "", folder: "" }], moved: false, varied: false };
}

function runnerFor(
  definition: Definition,
  runs: readonly Step[],
  job: ShellJob,
): { readonly text: string; readonly quoted: boolean } | null {
  const places = runs.map(({ ran }) => folderAt(ran.place));
  const [first] = places;
  const same = first !== undefined && first !== null && places.every((place) => place === first);
  const still = runs.every(({ ran }) => !ran.place.moved);
  if (same && (still || job.anchor === null))
    return { text: bare(relativeTo(first, RUNNER)), quoted: false };
  const anchor = job.anchor ?? anchorOf(definition.variables);
  return anchor === null
    ? null
    : { text: `"${anchor.text}/${relativeTo(anchor.folder, RUNNER)}"`, quoted: true };
}

/** A variable that is the path of an environment, and nothing else. */
export function venvVariable(definition: Definition, env: Environment, job: ShellJob): Edit | null {
  const { fragment, start, end, value, place } = definition;
  const text = only(value);
  if (text === null || env.where !== "repository") return null;
  const written = fragment.text.slice(start, end);
  const found = /^(\s*)(["']?)([^"'\s]*)(["']?)(\s*)$/.exec(written);
  if (found === null) return null;
  const from = start + found[1]!.length + found[2]!.length;
  const to = from + found[3]!.length;
  if (text.startsWith(ROOT) || text.startsWith(HERE)) {
    const anchor = /^\$(?:\w+|\{\w+\}|\([^()]*\))/.exec(found[3]!)?.[0];
    const at =
      anchor === undefined ? undefined : definition.variables.get(anchor.replace(/\W/g, ""))?.value;
    const folder = at === undefined ? null : only(at);
    if (folder === null || !(folder.startsWith(ROOT) || folder.startsWith(HERE))) return null;
    return editOfFile(fragment, {
      start: from,
      end: to,
      text: `${anchor}/${relativeTo(folder.slice(2), VENV)}`,
    });
  }
  if (/[$`]/.test(found[3]!)) return null;
  const folder = folderAt(place);
  void job;
  if (folder === null) return null;
  const dot = found[3]!.startsWith("./") ? "./" : "";
  return editOfFile(fragment, { start: from, end: to, text: `${dot}${relativeTo(folder, VENV)}` });
}
