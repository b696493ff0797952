import type { FinderInput } from "../input.ts";
import { resolvedFrom } from "../paths.ts";
import type { Places } from "../places.ts";
import { reportAt } from "../report.ts";
import { folderOf } from "../shell/paths.ts";
import type { Site } from "../site.ts";
import { ownPath } from "./act.ts";
import { actOf } from "./classify.ts";
import { guardsOf, windowsCommands } from "./commands.ts";
import { activationSite, blockSite, callSite, deactivationSite } from "./drafts.ts";
import { isFill, type Step, type WindowsJob } from "./step.ts";

export interface WindowsResult {
  readonly sites: readonly Site[];
  /** Whether setup.py is called, or will be after the edits. */
  readonly setup: boolean;
  /** Ids of the sites that need a venv which nothing before them makes. */
  readonly unprepared: ReadonlySet<string>;
}

/** The call sites of a batch file, a PowerShell script, or a step of CI that is one. */
export function windowsSites(job: WindowsJob, input: FinderInput, places: Places): WindowsResult {
  const steps = stepsOf(job, input, places);
  const block = blockSite(job, steps, input);
  const filled = block !== null && block.edits.length > 0 && !input.excluded.has(block.id);
  const sites: Site[] = block === null ? [] : [block];
  const moved = new Set<Step>();
  const prepared = steps.findIndex(({ act }) => act.kind === "setup" || (filled && isFill(act)));
  for (const step of steps) {
    const { act, place } = step;
    if (act.kind === "report") {
      sites.push({ ...place, reason: act.reason, names: act.files, stillNames: act.files });
    } else if (act.kind === "call" || act.kind === "script") {
      const site = callSite(job, step, steps, prepared >= 0, input.tree);
      sites.push(site);
      if (site.edits.length > 0 && !input.excluded.has(site.id)) moved.add(step);
    }
  }
  const settled = (step: Step) => moved.has(step) || (isFill(step.act) && filled);
  const activations = steps.filter(({ act }) => act.kind === "activate");
  // An environment that is still made and filled here is still the one to activate.
  const kept = block !== null && !filled;
  for (const step of activations) {
    const site = activationSite(job, step, steps, settled, input.tree);
    sites.push(kept ? { ...site, ...KEPT, stillNames: site.names } : site);
  }
  const gone = sites.some(
    (site) =>
      activations.some(({ place }) => place.id === site.id) &&
      isRemoval(site) &&
      !input.excluded.has(site.id),
  );
  for (const step of steps) {
    const site =
      step.act.kind === "deactivate" ? deactivationSite(job, step, gone, input.tree) : null;
    if (site !== null) sites.push(site);
  }
  const needy = steps.filter((step, i) => moved.has(step) && (prepared < 0 || i < prepared));
  return {
    sites: sites.toSorted((a, b) => a.line - b.line || a.column - b.column),
    setup: prepared >= 0,
    unprepared: new Set(needy.map(({ place }) => place.id)),
  };
}

const KEPT = {
  kind: "report",
  reason: "It goes with the lines that make and fill the environment.",
  edits: [],
} as const;

function isRemoval({ edits }: Site): boolean {
  return edits.length > 0 && edits.every(({ text }) => text === "");
}

function stepsOf(job: WindowsJob, input: FinderInput, places: Places): readonly Step[] {
  const { path, dialect, fragment, start } = job;
  const own = folderOf(path);
  const guards = guardsOf(fragment.text, dialect);
  const stack: (readonly string[])[] = [];
  let folders = start;
  return windowsCommands(fragment.text, dialect).flatMap((command): readonly Step[] => {
    const act = actOf(command, { folders, own, input });
    const here = folders;
    const guard =
      guards.find((one) => one.start <= command.start && command.end <= one.end) ?? null;
    if (act.kind === "cd") {
      stack.push(folders);
      const to = act.folder.replaceAll("\\", "/");
      const known = to !== "" && !/[%$]/.test(ownPath(to, "", own)) && !command.conditional;
      const next = folders.flatMap(
        (folder) => resolvedFrom(folder, ownPath(to, folder, own)) ?? [],
      );
      folders = known ? [...new Set(next)] : [];
    } else if (act.kind === "back") folders = stack.pop() ?? start;
    if (act.kind === "cd" || act.kind === "back" || act.kind === "harmless") return [];
    const offset = fragment.offsets[guard?.start ?? command.words[0]!.start]!;
    // What has no site takes no id from those that have one.
    const silent = act.kind === "other" || act.kind === "setup";
    const place = silent ? NOWHERE : reportAt(places, offset, "");
    return [{ command, act, folders: here, guard, place }];
  });
}

const NOWHERE: Site = {
  id: "",
  path: "",
  line: 0,
  column: 0,
  kind: "report",
  text: "",
  reason: "",
  edits: [],
  alternative: null,
  listed: [],
  names: [],
  stillNames: [],
  creates: [],
};
