import type { Fragment } from "../fragment.ts";
import type { FinderInput } from "../input.ts";
import type { Places } from "../places.ts";
import type { ShellJob, ShellPart } from "../shell/job.ts";
import { shellSites } from "../shell/sites.ts";
import { ROOT } from "../shell/value.ts";
import type { Site } from "../site.ts";
import { spotsOf } from "./expansion.ts";
import type { Manner } from "./manner.ts";
import type { Run, RunLine } from "./run.ts";

/** The call sites of a run; their edits are of the run's text. */
export function sitesOfRun(
  run: Run,
  manner: Manner,
  input: FinderInput,
  places: Places,
): readonly Site[] {
  const { path, text, lines, program, line } = run;
  const start = program.folders;
  const part = (fragment: Fragment, whole: ShellPart["whole"]): ShellPart => ({
    ...{ fragment, start, whole, offer: manner.offer },
    sameShell: false,
    group: `${path}:${line}`,
  });
  const parts = manner.oneShell
    ? [part(oneFragment(run), null)]
    : lines.flatMap((one) =>
        one.commands.map((command) => part(fragmentOf(text, [command]), wholeOf(one))),
      );
  const job: ShellJob = {
    ...{ path, file: text, parts, variables: [], python: "python3" },
    runner: { kind: "path" },
    anchor: start.length === 1 ? { text: ROOT, folder: "" } : null,
    bareCheckout: false,
    openEnd: false,
    script: false,
  };
  return shellSites(job, input, places).sites;
}

/** The line with its end, where it is one command. */
function wholeOf({ commands, start, expansion }: RunLine): ShellPart["whole"] {
  return commands.length === 1 ? { start, end: start + expansion.text.length + 1 } : null;
}

function oneFragment({ text, lines }: Run): Fragment {
  return fragmentOf(
    text,
    lines.flatMap(({ commands }) => commands),
  );
}

/** Spans of a run's text as one shell text, a line each. */
function fragmentOf(text: string, spans: readonly { start: number; end: number }[]): Fragment {
  let joined = "";
  const offsets: number[] = [];
  for (const [i, { start, end }] of spans.entries()) {
    if (i > 0) {
      joined += "\n";
      offsets.push(spans[i - 1]!.end);
    }
    joined += text.slice(start, end);
    for (let at = start; at < end; at++) offsets.push(at);
  }
  offsets.push(spans.at(-1)?.end ?? 0);
  return { text: joined, offsets, escape: (one) => one };
}

/** The places of a run's text, told as those of the file that it comes from; ids begin anew. */
export function placesOfRun(run: Run, inFile: (offset: number) => Site): Places {
  const seen = new Map<number, number>();
  const there = (offset: number) => inFile(fileOffset(run, offset));
  return {
    lineOf: (offset) => there(offset).line,
    at: (offset) => {
      const { id, path, line, column, text } = there(offset);
      const nth = (seen.get(line) ?? 0) + 1;
      seen.set(line, nth);
      return { id: nth === 1 ? id : `${id}#${nth}`, path, line, column, text };
    },
  };
}

/** Where a place of a run's text stands in the file of its own text. */
export function fileOffset({ lines }: Run, offset: number): number {
  const line = lines.findLast(({ start }) => start <= offset) ?? lines[0]!;
  const { origin, expansion, start } = line;
  const at = Math.min(offset - start, Math.max(0, expansion.text.length - 1));
  const piece = expansion.pieces.find((one) => one.start <= at && at < one.end);
  const outer = piece?.through[0];
  const place = outer ? outer.from : (spotsOf(expansion, at, at + 1)[0]?.start ?? 0);
  return origin.text.at[place] ?? origin.text.at[0]!;
}
