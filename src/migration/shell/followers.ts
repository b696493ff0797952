import { editOfFile } from "../fragment.ts";
import type { FinderInput } from "../input.ts";
import type { Edit } from "../site.ts";
import { actOf } from "./act.ts";
import type { Block } from "./blocks.ts";
import { type Draft, draft, offsetOf, type Step } from "./draft.ts";
import type { Environment } from "./environment.ts";
import { following, type Standing } from "./follow.ts";
import { namedEnvironment } from "./guards.ts";
import type { ShellJob } from "./job.ts";
import type { Definition } from "./known-variables.ts";
import type { Ran, Said, Spot } from "./model.ts";
import { nameOf, SETUP } from "./paths.ts";
import { pathFor } from "./runner-path.ts";
import { type Piece, within } from "./taking-out.ts";
import { nameAt } from "./unwrap.ts";
import { locations, only } from "./value.ts";
import { venvVariable } from "./variables.ts";
import type { Walked } from "./walking.ts";

interface Follower extends Standing {
  readonly owner: object;
  readonly ran: Ran | null;
  readonly env: Environment;
  readonly text: string;
  readonly offset: number;
  readonly offer: string | null;
}

/** Words that name an environment which goes: in activations that stay, in tests, behind `rm`. */
export function followers(
  steps: readonly Step[],
  walked: Walked,
  input: FinderInput,
  made: ReadonlySet<string>,
  held: ReadonlyMap<string, string>,
  job: ShellJob,
): readonly Follower[] {
  const found: Follower[] = [];
  const foreign = steps.some((step) => readsForeign(step, input));
  const look = (
    said: Said,
    one: Omit<Standing, "said">,
    owner: object,
    ran: Ran | null,
    offer: string | null,
  ): void => {
    const text = only(said.value);
    const named = text === null ? null : namedEnvironment(text, one, input, made);
    if (named === null || held.has(named.env.key)) return;
    const offset = ran === null ? one.fragment.offsets[said.word.pos]! : offsetOf(ran);
    const { fragment, place, variables } = one;
    found.push({
      said,
      fragment,
      place,
      variables,
      owner,
      ran,
      env: named.env,
      text: named.text,
      offset,
      offer: offer ?? (job.script ? unknownMaker(named.env, input, made, foreign) : null),
    });
  };
  for (const step of steps) {
    const { ran, act } = step;
    const name = nameAt(ran.words, ran.main);
    const offer = ran.part.offer;
    if (act.kind === "activate") look(act.said, ran, ran.node, ran, offer);
    else if (
      ran.form === "command" &&
      act.kind === "harmless" &&
      /^(\[|test|rm|ls)$/.test(name ?? "")
    ) {
      for (const said of ran.words.slice(ran.main + 1)) look(said, ran, ran.node, ran, offer);
    } else if (act.kind === "create" && act.target !== null)
      look(act.target, ran, ran.node, ran, offer);
    else if (
      (act.kind === "python" || act.kind === "pip" || act.kind === "program") &&
      act.env !== null
    ) {
      look(ran.words[ran.main]!, ran, ran.node, ran, offer);
    }
  }
  for (const one of walked.tested) look(one.said, one, one.said.word, null, one.part.offer);
  return found;
}

/** What looks like an environment of the repository, and nothing in it is seen to make. */
function unknownMaker(
  { folder, key }: Environment,
  { environments, files }: FinderInput,
  made: ReadonlySet<string>,
  foreign: boolean,
): string | null {
  if (made.has(key) || (folder !== null && environments.has(folder))) return null;
  // What it reads from elsewhere may make one of this name, for itself.
  if (foreign) return NO_MAKER;
  const name = nameOf(folder ?? key).replace(/[.]/g, "\\.");
  const makes = new RegExp(`\\b(?:venv|virtualenv)\\b[^\\n]*(?<![\\w.-])${name}(?![\\w.-])`);
  return files.some(({ text }) => makes.test(text)) ? null : NO_MAKER;
}

/** Whether a command reads a script that is no file of the repository. */
function readsForeign({ ran }: Step, { tree }: FinderInput): boolean {
  if (!/^(\.|source)$/.test(nameAt(ran.words, ran.main) ?? "")) return false;
  const said = ran.words[ran.main + 1];
  if (said === undefined || actOf(ran).kind === "activate") return false;
  const found = said.value.texts.flatMap((text) => locations(text, ran.place));
  return !found.some(({ path }) => path !== null && tree.has(path));
}

const NO_MAKER = "What makes this environment is not known here.";

/** The drafts of words that follow the venv, and of the variables that hold its path. */
export function venvDrafts(
  follow: readonly Follower[],
  steps: readonly Step[],
  job: ShellJob,
  excluded: ReadonlySet<object>,
  swallowed: (one: Piece) => boolean,
  blocks: readonly Block[],
  folders: ReadonlySet<string>,
): readonly Draft[] {
  const drafts: Draft[] = [];
  const variables = new Map<Definition, Named>();
  const words = new Map<object, { first: Follower; edits: Edit[] }>();
  for (const one of follow) {
    const result = following(one, one.text, job);
    if (result === "variable" || result === null) {
      const name = /^["']?\$\{?(\w+)/.exec(one.said.word.text)?.[1];
      const found = name === undefined ? undefined : one.variables.get(name);
      for (const definition of found?.definitions ?? []) variables.set(definition, one);
      continue;
    }
    const { ran, fragment } = one;
    const piece: Piece = ran ?? { fragment, node: one.said.word };
    if (swallowed(piece) || blocks.some((block) => within(piece, block))) continue;
    if (ran !== null && /^(create|python|pip|program)$/.test(actOf(ran).kind)) continue;
    const entry = words.get(one.owner) ?? { first: one, edits: [] };
    words.set(one.owner, entry);
    entry.edits.push(result);
  }
  for (const { first, edits } of words.values()) {
    const hints = first.ran === null ? [] : printedHints(first.ran, steps, job, folders);
    drafts.push(
      draft(
        first.owner,
        first.offset,
        first.offer === null ? "rewrite" : "offer",
        first.offer ?? FOLLOWS,
        {
          edits,
          listed: hints.map(({ start }) => start),
          alternative: hints.length === 0 ? null : [...edits, ...hints],
          ...(first.env.folder === null ? {} : { names: [first.env.folder] }),
        },
      ),
    );
  }
  for (const [definition, { env, text }] of definitionsOf(variables)) {
    if (excluded.has(definition)) continue;
    const edit = venvVariable(definition, text, job);
    if (edit === null || edit === "variable") continue;
    drafts.push(
      draft(definition, definition.fragment.offsets[definition.start]!, "rewrite", FOLLOWS, {
        edits: [edit],
        ...(env.folder === null ? {} : { names: [env.folder] }),
      }),
    );
  }
  return drafts;
}

const FOLLOWS = "The path follows the venv.";

type Named = { readonly env: Environment; readonly text: string };

/** The definitions that hold an environment's path themselves: VENV, of PYTHON=$VENV/bin/python. */
function definitionsOf(all: ReadonlyMap<Definition, Named>): ReadonlyMap<Definition, Named> {
  const found = new Map<Definition, Named>();
  const seen = new Set<Definition>();
  const visit = (definition: Definition, named: Named): void => {
    if (seen.has(definition)) return;
    seen.add(definition);
    const { fragment, start, end, variables } = definition;
    const name = /^\s*["']?\$\{?(\w+)\}?/.exec(fragment.text.slice(start, end))?.[1];
    const inner = name === undefined ? undefined : variables.get(name);
    const text = inner === undefined ? null : only(inner.value);
    if (text?.startsWith(named.text) === true) {
      for (const other of inner!.definitions) visit(other, named);
    } else found.set(definition, named);
  };
  for (const [definition, named] of all) visit(definition, named);
  return found;
}

/** Messages of a guard that tell how the old venv was made, and what they would say now. */
function printedHints(
  guard: Ran,
  steps: readonly Step[],
  job: ShellJob,
  folders: ReadonlySet<string>,
): readonly Edit[] {
  const outermost = outer(guard.spot);
  return steps.flatMap(({ ran }) => {
    if (!/^(echo|printf)$/.test(nameAt(ran.words, ran.main) ?? "")) return [];
    const spot = outer(ran.spot);
    if (spot.list.statements !== outermost.list.statements || spot.index !== outermost.index)
      return [];
    const setup = pathFor(SETUP, guard, job, { words: [], folders });
    if (setup === null || setup.doubt !== null) return [];
    return ran.words.flatMap(({ word }) => {
      const found = /\b(python[\d.]*) -m (?:venv|virtualenv) (?:-\S+ )*[\w./-]+/.exec(word.text);
      if (found === null) return [];
      const start = word.pos + found.index;
      return [
        editOfFile(ran.fragment, {
          start,
          end: start + found[0].length,
          text: `${found[1]} ${setup.text}`,
        }),
      ];
    });
  });
}

/** The statement of the whole text that a command stands in. */
function outer(spot: Spot): Spot {
  return spot.list.within === null ? spot : outer(spot.list.within);
}
