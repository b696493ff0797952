import type { Command } from "unbash";
import { editOfFile } from "../fragment.ts";
import type { Edit } from "../site.ts";
import { type Draft, draft, offsetOf, type Step } from "./draft.ts";
import type { ShellJob } from "./job.ts";
import type { List, Ran, Spot } from "./model.ts";
import { SETUP } from "./paths.ts";
import { type Named, pathFor } from "./runner-path.ts";
import { named, sameVersion } from "./words.ts";

/** A piece of text that belongs to a block, as large as it can be taken at once. */
export interface Unit {
  readonly level: "statement" | "part" | "command";
  readonly list: List;
  readonly index: number;
  readonly chain: Spot["chain"];
  readonly steps: Step[];
}

/** What becomes of the first line of a block: a call of setup.py, or why it cannot be one. */
export function headDraft(
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
