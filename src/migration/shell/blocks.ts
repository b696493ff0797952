import type { AndOr, Command } from "unbash";
import { editOfFile } from "../fragment.ts";
import type { FinderInput } from "../input.ts";
import type { Edit } from "../site.ts";
import { type Draft, draft, offsetOf, type Step } from "./draft.ts";
import type { ShellJob } from "./job.ts";
import type { List, Ran, Spot } from "./model.ts";
import { SETUP } from "./paths.ts";
import { canEmpty, type Removals, removePart, removeStatement } from "./removing.ts";
import { type Role, type Roles, roleOf } from "./roles.ts";
import { type Named, pathFor } from "./runner-path.ts";
import { named, sameVersion } from "./words.ts";

/** A piece of text that belongs to a block, as large as it can be taken at once. */
interface Unit {
  readonly level: "statement" | "part" | "command";
  readonly list: List;
  readonly index: number;
  readonly chain: Spot["chain"];
  readonly steps: Step[];
}

/** A block that becomes one call of setup.py. */
export interface Block {
  readonly head: Step;
  readonly draft: Draft;
  /** The commands that it takes in. */
  readonly steps: readonly Step[];
  readonly flow: unknown;
  /** It is always run where its flow is. */
  readonly certain: boolean;
  /** How its lines go; asked once all removals of the job are known. */
  readonly gone: readonly Gone[];
}

export interface Gone {
  readonly list: List;
  readonly index: number;
  /** The chain whose part goes; null where a statement goes. */
  readonly node: AndOr | null;
}

/** The blocks that make and fill a venv, each as one call of setup.py. */
export function blocksOf(
  members: readonly Step[],
  roles: Roles,
  removals: Removals,
  job: ShellJob,
  { python, folders }: FinderInput,
): readonly Block[] {
  const units = unitsOf(members, roles);
  const blocks: { head: Unit; units: Unit[]; gone: Gone[] }[] = [];
  const waiting: Unit[] = [];
  for (const unit of units) {
    const block = blocks.findLast((one) => follows(unit, one.head));
    if (block !== undefined && remove(unit, block.gone, removals)) {
      block.units.push(unit);
      continue;
    }
    if (!isHead(unit)) {
      waiting.push(unit);
      continue;
    }
    const own = { head: unit, units: [unit], gone: [] as Gone[] };
    blocks.push(own);
    // pip's own upgrade right before it goes with it.
    for (const before of waiting.splice(0)) {
      if (follows(unit, before) && remove(before, own.gone, removals)) own.units.unshift(before);
    }
  }
  return blocks.map(({ head, units: all, gone }) => {
    const steps = all.flatMap((unit) => unit.steps);
    return {
      head: head.steps[0]!,
      steps,
      flow: head.list.flow,
      certain: !head.list.conditional && head.level === "statement",
      gone,
      draft: headDraft(head, steps, job, python, folders),
    };
  });
}

/** Whether a unit runs only where another one has run before. */
function follows(unit: Unit, head: Unit): boolean {
  if (unit.list.statements === head.list.statements) return true;
  if (unit.list.flow !== head.list.flow) return false;
  return !head.list.conditional;
}

function isHead(unit: Unit): boolean {
  return unit.steps.some(
    ({ act, install }) => act.kind === "create" || install?.verdict !== "tools",
  );
}

function unitsOf(members: readonly Step[], roles: Roles): readonly Unit[] {
  const units: Unit[] = [];
  for (const step of members) {
    const place = largest(step.ran.spot, roles);
    const same = units.find(
      (one) =>
        one.level !== "command" &&
        one.level === place.level &&
        one.list.statements === place.list.statements &&
        one.index === place.index &&
        one.chain?.index === place.chain?.index,
    );
    if (same !== undefined) same.steps.push(step);
    else units.push({ ...place, steps: [step] });
  }
  return units;
}

/** The largest piece around a command that is nothing but the block's. */
function largest(spot: Spot, roles: Roles): Omit<Unit, "steps"> {
  const role = (one: Spot): Role => roleOf(one.list.statements[one.index]!.command, roles);
  let found: Spot | null = null;
  for (let at: Spot | null = spot; at !== null && role(at) === "member"; at = at.list.within)
    found = at;
  if (found !== null)
    return { level: "statement", list: found.list, index: found.index, chain: null };
  const { list, index, chain, piped } = spot;
  return { level: chain === null || piped ? "command" : "part", list, index, chain };
}

/** Takes a unit out, where something else stays or all may go. */
function remove(unit: Unit, gone: Gone[], removals: Removals): boolean {
  const { list, index, chain } = unit;
  if (unit.level === "statement") {
    // The next statement asks how this one ended.
    const next = list.statements[index + 1];
    if (next !== undefined && /\$\?/.test(list.fragment.text.slice(next.pos, next.end)))
      return false;
    const others = list.statements.some(
      (_, i) => i !== index && !(removals.statements.get(list.statements)?.gone.has(i) ?? false),
    );
    if (!others && !canEmpty(list)) return false;
    removeStatement(removals, list, index);
    gone.push({ list, index, node: null });
    return true;
  }
  if (unit.level !== "part" || chain === null) return false;
  const { node } = chain;
  const out = removals.parts.get(node)?.gone ?? new Set<number>();
  const stays = node.commands.some((_, i) => i !== chain.index && !out.has(i));
  const around = [node.operators[chain.index - 1], node.operators[chain.index]];

  if (!stays || around.includes("||")) return false;
  removePart(removals, list, node, chain.index);
  gone.push({ list, index: chain.index, node });
  return true;
}

function headDraft(
  head: Unit,
  steps: readonly Step[],
  job: ShellJob,
  python: string | null,
  folders: ReadonlySet<string>,
): Draft {
  const [first] = head.steps;
  const { ran } = first!;
  const names = [...new Set(steps.flatMap(namesOf))];
  const at = offsetOf(ran);
  const setup = pathFor(SETUP, ran, job, { words: ran.words, folders });
  if (setup === null) {
    return draft(
      ran.node,
      at,
      "report",
      "Where it runs is not known: name build/python/setup.py by its absolute path.",
      { names },
    );
  }
  const doubts = doubtsOf(steps, setup);
  const edits = [headEdit(head, setup.text, steps, job, python)];
  return draft(ran.node, at, doubts[0] === undefined ? "rewrite" : "offer", doubts[0] ?? REASON, {
    edits,
    names,
    stillNames: [],
  });
}

const REASON = "Making and filling an environment becomes one call of setup.py.";

function doubtsOf(steps: readonly Step[], setup: Named): readonly string[] {
  return [
    setup.doubt,
    ...steps.map(({ install }) => (install?.verdict === "declared" ? install.reason : null)),
    ...steps.map(({ ran }) =>
      ran.wrappers.some((one) => /^(sudo|doas|su)$/.test(one))
        ? "It was run as another user; setup.py runs as this one."
        : null,
    ),
    ...steps.map(({ ran }) => ran.part.offer),
  ].flatMap((one) => one ?? []);
}

function namesOf({ act, install }: Step): readonly string[] {
  const env = act.kind === "pip" || act.kind === "create" ? act.env?.folder : null;
  return [...(install?.sources ?? []), ...(env ? [env] : [])];
}

/** The text of the head replaced by the call: where it is one plain command, its redirections stay. */
function headEdit(
  head: Unit,
  setup: string,
  steps: readonly Step[],
  job: ShellJob,
  python: string | null,
): Edit {
  const { ran } = head.steps[0]!;
  const { fragment } = ran;
  const statement = head.list.statements[head.index]!.command;
  const word = pythonWord(steps, ran, job, python);
  const path =
    job.runner.kind === "python" && job.runner.separator === "\\"
      ? setup.replaceAll("/", "\\")
      : setup;
  const one = plain(statement) ?? (head.level === "statement" ? null : ran.node);
  const { start, end } = one === null ? { start: statement.pos, end: statement.end } : spanOf(ran);
  const text = `${word.text} ${path}`;
  if (word.from === null || word.from.pos !== start) {
    const edit = editOfFile(fragment, { start, end, text });
    // A word of the file's own syntax, such as $(PYTHON), is taken over as it stands there.
    return word.raw === null ? edit : { ...edit, text: word.raw + fragment.escape(` ${path}`) };
  }
  return editOfFile(fragment, { start: word.from.end, end, text: ` ${path}` });
}

/** A statement that is one simple command, alone or before a pipe. */
function plain(node: List["statements"][number]["command"]): Command | null {
  if (node.type === "Command") return node;
  if (node.type === "Pipeline" && node.commands[0]?.type === "Command") return node.commands[0];
  return null;
}

/** From the first word of a command to the last one. */
function spanOf({ words }: Ran): { readonly start: number; readonly end: number } {
  return { start: words[0]!.word.pos, end: words.at(-1)!.word.end };
}

interface PythonWord {
  readonly text: string;
  readonly raw: string | null;
  readonly from: { readonly pos: number; readonly end: number } | null;
}

/** The Python that runs setup.py: the first one that the block names and that is no venv's. */
function pythonWord(
  steps: readonly Step[],
  head: Ran,
  job: ShellJob,
  python: string | null,
): PythonWord {
  for (const { act, ran } of steps) {
    if (act.kind !== "create" && act.kind !== "pip") continue;
    if (act.env !== null) continue;
    const name = act.variable?.name;
    // A variable that is set only where the block would have come to it.
    if (name !== undefined && head.variables.get(name) !== ran.variables.get(name)) continue;
    const word = ran.fragment.text.slice(act.start, act.end);
    const what = named(act.variable === null ? word : (ran.words[ran.main]?.value.texts[0] ?? ""));
    const unknown = act.variable !== null && what === null;
    if (!unknown && (what?.kind !== "python" || !sameVersion(what.version, python))) continue;
    const { offsets } = ran.fragment;
    const raw = job.file.slice(offsets[act.start], offsets[act.end]);
    return { text: word, raw, from: ran === head ? { pos: act.start, end: act.end } : null };
  }
  return { text: job.python, raw: null, from: null };
}
