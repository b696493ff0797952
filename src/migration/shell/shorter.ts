import { editOfFile } from "../fragment.ts";
import type { Edit } from "../site.ts";
import type { PythonAct } from "./act.ts";
import type { ShellJob } from "./job.ts";
import type { Ran } from "./model.ts";
import { RUNNER, relativeTo } from "./paths.ts";
import { bare } from "./runner-path.ts";
import { location, only, UNKNOWN } from "./value.ts";

/**
 * `cd FOLDER && python3 SCRIPT` as one call from where it started: shorter, but the directory is
 * another one. Null where it is not all that its shell runs.
 */
export function shorterForm(act: PythonAct, ran: Ran, job: ShellJob): readonly Edit[] | null {
  const { spot, fragment, part, place } = ran;
  const { chain, list } = spot;
  const [start, other] = part.start;
  const script = act.python.word;
  if (job.runner.kind !== "path" || list.kind !== "part" || list.statements.length !== 1)
    return null;
  if (start === undefined || other !== undefined || place.varied || ran.wrappers.length > 0)
    return null;
  if (chain === null || chain.index !== 1 || chain.node.commands.length !== 2) return null;
  if (chain.node.operators[0] !== "&&" || act.python.mode !== "script" || script === null)
    return null;
  if (job.parts[job.parts.indexOf(part) + 1]?.sameShell === true) return null;
  const [first] = chain.node.commands;
  if (first?.type !== "Command" || first.name?.value !== "cd" || ran.node.prefix.length > 0)
    return null;
  const text = only(script.value);
  const path = text === null || text.includes(UNKNOWN) ? null : location(text, place);
  if (path === null || fragment.text.slice(act.end, script.word.pos).trim() !== "") return null;
  const runner = bare(relativeTo(start, RUNNER));
  const written = bare(relativeTo(start, path));
  return [
    editOfFile(fragment, { start: first.pos, end: script.word.end, text: `${runner} ${written}` }),
  ];
}
