import { editOfFile } from "../fragment.ts";
import type { Edit, SiteKind } from "../site.ts";
import type { Program } from "./act.ts";
import { type Draft, draft, offsetOf } from "./draft.ts";
import type { Ground } from "./ground.ts";
import type { ShellJob } from "./job.ts";
import type { Ran, Said } from "./model.ts";
import { RUNNER } from "./paths.ts";
import { pathFor } from "./runner-path.ts";
import { named } from "./words.ts";

interface Replacing {
  readonly hints: readonly Said[];
  readonly doubts: readonly (string | null)[];
  readonly exclude: { readonly text: string; readonly reason: string; readonly after: Said } | null;
  /** The console script that the runner is to run; null where it takes the place of Python. */
  readonly name: string | null;
}

/** The runner in the place of the word that starts Python. */
export function replaced(program: Program, ran: Ran, ground: Ground, how: Replacing): Draft {
  const { job } = ground;
  const at = offsetOf(ran);
  const runner = pathFor(RUNNER, ran, job, {
    words: how.hints,
    folders: ground.input.folders,
  });
  if (runner === null) {
    return draft(
      ran.node,
      at,
      "report",
      "Where it runs is not known: name the runner by its absolute path.",
    );
  }
  const { fragment } = ran;
  const text = how.name === null ? runner.text : `${runner.text} ${how.name}`;
  const edits = [started(program, text, ran, job)];
  if (how.exclude !== null) {
    const { end } = how.exclude.after.word;
    edits.push(editOfFile(fragment, { start: end, end, text: ` ${how.exclude.text}` }));
  }
  const doubts = [...how.doubts, runner.doubt, how.exclude?.reason ?? null, ran.part.offer].flatMap(
    (one) => one ?? [],
  );
  const [doubt] = doubts;
  const kind: SiteKind = doubt === undefined ? "rewrite" : "offer";
  return draft(ran.node, at, kind, doubt ?? REASON, {
    edits,
    ...(program.env?.folder ? { names: [program.env.folder] } : {}),
  });
}

const REASON = "The runner takes the place of Python; the directory and all else stay.";

/** The edit that makes a word start the runner. */
function started(program: Program, text: string, ran: Ran, { runner, python }: ShellJob): Edit {
  const { start, end } = program;
  if (runner.kind === "path") return editOfFile(ran.fragment, { start, end, text });
  const path = runner.separator === "\\" ? text.replaceAll("/", "\\") : text;
  const word = ran.fragment.text.slice(start, end);
  return named(word)?.kind === "python"
    ? editOfFile(ran.fragment, { start: end, end, text: ` ${path}` })
    : editOfFile(ran.fragment, { start, end, text: `${python} ${path}` });
}
