import type { Fragment } from "../fragment.ts";
import type { Program } from "./act.ts";
import { foreign, userDoubt } from "./doubts.ts";
import { type Draft, draft, offsetOf, type Step } from "./draft.ts";
import type { Ground } from "./ground.ts";
import type { Ran } from "./model.ts";
import { ofProgram } from "./program-call.ts";
import { ofPython } from "./python-call.ts";
import { replaced } from "./replacing.ts";
import { toolUse } from "./tools.ts";
import { only } from "./value.ts";
import { named, sameVersion } from "./words.ts";

/** What becomes of a command that runs Python; null where it is left alone. */
export function callDraft(step: Step, ground: Ground): Draft | null {
  const { act, ran } = step;
  switch (act.kind) {
    case "doubt":
      return draft(ran.node, offsetOf(ran), "report", act.reason);
    case "python":
      return ofPython(act, ran, ground);
    case "program":
      return ofProgram(act, ran, ground);
    case "tool":
      return ofTool(step, ground);
    case "pip":
      return step.install?.verdict === "query" ? ofQuery(act, ran, ground) : null;
    default:
      return null;
  }
}

/** `poetry run python x.py` and its like: the runner takes the place of all of it. */
function ofTool({ act, ran }: Step, ground: Ground): Draft | null {
  if (act.kind !== "tool") return null;
  const use = toolUse(act);
  const at = offsetOf(ran);
  if (use.kind === "report") {
    // In CI its package goes with the install line that brought it: the central venv has the tool.
    if (/^(tox|nox)$/.test(act.tool) && ground.job.bareCheckout && ran.active === null)
      return toolOfVenv(act.tool, ran, ground) ?? draft(ran.node, at, "report", use.reason);
    return draft(ran.node, at, "report", use.reason);
  }
  if (use.kind !== "run") return null;
  const said = act.args[use.at]!;
  const text = only(said.value);
  const tool = ran.words[ran.main]!.word;
  const start = tool.pos;
  const doubts = [use.reason, ...userDoubt(ran)];
  const end = text !== null && named(text)?.kind === "python" ? said.word.end : said.word.pos;
  const program: Program = { start, end, env: null, variable: null };
  const hints = act.args.slice(use.at);
  if (text === null)
    return draft(ran.node, at, "report", "What it runs is not known: write it with the runner.");
  const what = named(text);
  if (what?.kind === "python" && sameVersion(what.version, ground.input.python)) {
    return replaced(program, ran, ground, { hints, doubts, exclude: null, name: null });
  }
  const file = /\.py$/.test(text);
  if (text === "-m" || text === "--module" || file || ground.input.consoleScripts.has(text)) {
    const draftOf = replaced(
      { ...program, end: endBefore(ran.fragment, said.word.pos) },
      ran,
      ground,
      { hints, doubts, exclude: null, name: null },
    );
    return draftOf;
  }
  return draft(
    ran.node,
    at,
    "report",
    `The central venv is not known to have ${text}: declare what brings it.`,
  );
}

/** A tool that makes environments of its own, and is itself one of the central venv's programs. */
function toolOfVenv(name: string, ran: Ran, ground: Ground): Draft | null {
  if (!ground.input.consoleScripts.has(name)) return null;
  const { word } = ran.words[ran.main]!;
  const program: Program = { start: word.pos, end: word.end, env: null, variable: null };
  const doubts = [`${name} still makes environments of its own; it is started by the runner.`];
  const asModule = named(only(ran.words[ran.main]!.value) ?? "")?.kind === "python";
  return replaced(program, ran, ground, {
    hints: [],
    doubts,
    exclude: null,
    name: asModule ? null : name,
  });
}

/** The end of the word before an offset. */
function endBefore({ text }: Fragment, offset: number): number {
  let end = offset;
  while (end > 0 && /[\s\\]/.test(text[end - 1]!)) end -= 1;
  return end;
}

/** `pip list` and the like ask about an environment: the central one now. */
function ofQuery(
  act: Extract<Step["act"], { kind: "pip" }>,
  ran: Ran,
  ground: Ground,
): Draft | null {
  if (act.env === null && ran.active === null) return null;
  if (act.args.length === 0 || /^(--version|-V|--help|-h|help)$/.test(act.args[0]!.word.text))
    return null;
  const first = act.args[0]!.word.pos;
  const program: Program = { ...act, end: endBefore(ran.fragment, first) };
  return replaced(program, ran, ground, {
    hints: [],
    doubts: [foreign(act, ran, ground), "A venv made by uv holds no pip.", ...userDoubt(ran)],
    exclude: null,
    name: "-m pip",
  });
}
