import { editOfFile } from "../fragment.ts";
import type { FinderInput } from "../input.ts";
import type { Edit } from "../site.ts";
import { type Draft, draft, type Step } from "./draft.ts";
import { environmentAt, splitProgram } from "./environment.ts";
import { following } from "./follow.ts";
import type { ShellJob } from "./job.ts";
import type { Definition } from "./known-variables.ts";
import type { Ran } from "./model.ts";
import { RUNNER, relativeTo } from "./paths.ts";
import { folderAt } from "./place.ts";
import { anchorOf, anchorOfText, bare } from "./runner-path.ts";
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
  { python, folders }: FinderInput,
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
    // Behind a Python the runner is two words, which a variable may not be split into.
    const stays = uses.stays || uses.runs.length === 0 || job.runner.kind === "python";
    const edits = stays ? null : definitionEdits(uses, job, python, folders);
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
  folders: ReadonlySet<string>,
): readonly DefinitionEdit[] | null {
  const edits: DefinitionEdit[] = [];
  for (const definition of definitions) {
    const span = programSpan(definition, python);
    const runner = span === null ? null : runnerFor(definition, runs, job, folders);
    if (span === null || runner === null) return null;
    const { fragment } = definition;
    const { start, end } = span;
    // Quotes are only needed where the value has none and is no default inside of some.
    const quoted = span.quoted || definition.inside || !runner.anchored;
    const text = quoted ? runner.text : `"${runner.text}"`;
    edits.push({ definition, edit: editOfFile(fragment, { start, end, text }) });
  }
  return edits.length === 0 ? null : edits;
}

/** Where in a value the program stands; null where the value is no Python that may go. */
function programSpan(
  { fragment, start, end, value, place }: Definition,
  python: string | null,
): { readonly start: number; readonly end: number; readonly quoted: boolean } | null {
  for (const one of value.texts) {
    const [program = ""] = one.trim().split(/\s+/);
    const split = splitProgram(program);
    const what = named(split?.name ?? program);
    if (what?.kind !== "python" || !sameVersion(what.version, python)) return null;
    if (split !== null && environmentAt(split.env, place).where === "elsewhere") return null;
  }
  const text = fragment.text.slice(start, end);
  const found = /^(\s*)(["']?)((?:\$\([^()]*\)|\$\{[^{}]*\}|[^\s"'])+)([^"']*)\2\s*$/.exec(text);
  if (found === null) return null;
  const from = start + found[1]!.length + found[2]!.length;
  return { start: from, end: from + found[3]!.length, quoted: found[2] === '"' };
}

function runnerFor(
  definition: Definition,
  runs: readonly Step[],
  job: ShellJob,
  folders: ReadonlySet<string>,
): { readonly text: string; readonly anchored: boolean } | null {
  const places = runs.map(({ ran }) => folderAt(ran.place));
  const [first] = places;
  const same = first !== undefined && first !== null && places.every((place) => place === first);
  const still = runs.every(({ ran }) => !ran.place.moved);
  const anchoring = { folders, still };
  const own = anchorOfText(textOf(definition), definition.variables, anchoring);
  if (own === null && same && (still || job.anchor === null)) {
    return { text: bare(relativeTo(first, RUNNER)), anchored: false };
  }
  const anchor = own ?? job.anchor ?? anchorOf(definition.variables, anchoring);
  if (anchor === null) return null;
  return { text: `${anchor.text}/${relativeTo(anchor.folder, RUNNER)}`, anchored: true };
}

function textOf({ fragment, start, end }: Definition): string {
  return fragment.text.slice(start, end);
}

/** The edit that makes a variable's path of an environment, or of something in it, follow the venv. */
export function venvVariable(
  definition: Definition,
  env: string,
  job: ShellJob,
): Edit | "variable" | null {
  const { fragment, start, end, value, place, variables } = definition;
  const word = { text: textOf(definition), pos: start, end };
  return following(
    { said: { word, parts: undefined, value }, fragment, place, variables },
    env,
    job,
  );
}
