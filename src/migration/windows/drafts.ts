import { editOfFile } from "../fragment.ts";
import type { FinderInput } from "../input.ts";
import type { Edit, Site } from "../site.ts";
import { centralFrom } from "./central.ts";
import type { WindowsWord } from "./commands.ts";
import { removal } from "./removal.ts";
import { isFill, type Step, type WindowsJob } from "./step.ts";

const REASON = "The runner takes the place of Python; the directory and all else stay.";
const FILE_REASON = "The runner takes the place of Python; on Windows that is never done unasked.";
const UNKNOWN = "Where it runs is not known: name the runner by its path.";

function fileEdits(job: WindowsJob, edits: readonly Edit[]): readonly Edit[] {
  return edits.map((edit) => editOfFile(job.fragment, edit));
}

/** A call of Python, or of a program of the central venv, through the runner. */
export function callSite(
  job: WindowsJob,
  step: Step,
  steps: readonly Step[],
  setup: boolean,
  tree: ReadonlySet<string>,
): Site {
  const { act, place } = step;
  if (act.kind !== "call" && act.kind !== "script") return place;
  const script = act.kind === "call" ? act.script : null;
  const runner = centralFrom("build/python/run.py", job, step, script, tree);
  const names = act.environment === null ? [] : [act.environment];
  if (runner === null) return { ...place, reason: UNKNOWN, names, stillNames: names };
  const started = (python: string): readonly Edit[] => {
    const { start, end } = act.program;
    if (act.kind === "script")
      return [{ start, end, text: `${python} ${runner.text} ${act.name}` }];
    const last = act.version ?? act.program;
    const behind = { start: last.end, end: last.end, text: ` ${runner.text}` };
    return isBare(act.program) && python === "python"
      ? [behind]
      : [{ start, end, text: python }, behind];
  };
  const venv = centralFrom("build/python/venv/Scripts/python.exe", job, step, script, tree);
  const active = act.environment !== null || steps.some((one) => one.act.kind === "activate");
  const second =
    job.file &&
    job.dialect === "batch" &&
    active &&
    !setup &&
    venv !== null &&
    !(act.kind === "call" && act.version !== null);
  return {
    ...place,
    kind: runner.sure ? job.kind : "offer",
    reason: runner.sure
      ? job.file
        ? FILE_REASON
        : REASON
      : "Where it runs is not known: the runner is named from the script's own place.",
    edits: fileEdits(job, started("python")),
    alternative: second ? fileEdits(job, started(venv.text)) : null,
    names,
    stillNames: [],
  };
}

function isBare({ value }: WindowsWord): boolean {
  return !/[\\/]/.test(value);
}

/** What makes and fills an environment becomes one call of setup.py; null where nothing does. */
export function blockSite(
  job: WindowsJob,
  steps: readonly Step[],
  input: FinderInput,
): Site | null {
  const fills = steps.filter(({ act }) => isFill(act));
  const [first] = fills;
  if (first === undefined || fills.every(({ act }) => act.kind === "upgrade")) return null;
  const names = [
    ...new Set(
      fills.flatMap(({ act }) =>
        act.kind === "install"
          ? act.files
          : act.kind === "make" && act.environment !== null
            ? [act.environment]
            : [],
      ),
    ),
  ];
  const report = (reason: string): Site => ({ ...first.place, reason, names, stillNames: names });
  const unsettled = steps.find(({ act }) => act.kind === "report" && /install/.test(act.reason));
  if (unsettled !== undefined)
    return report(`Line ${unsettled.place.line} installs as well: that must be settled first.`);
  const path = centralFrom("build/python/setup.py", job, first, null, input.tree) ?? null;
  if (path === null) return report(UNKNOWN);
  const edits: Edit[] = [];
  const done = new Set<number>();
  for (const step of fills) {
    const { command, guard } = step;
    if (command.piped || (command.conditional && guard === null))
      return report("It stands in a branch: change it by hand.");
    const whole =
      guard !== null && steps.every((one) => one.guard?.start !== guard.start || isFill(one.act))
        ? guard
        : null;
    const { start, end } = whole ?? command;
    if (done.has(start)) continue;
    done.add(start);
    if (step === first) edits.push({ start, end, text: `${pythonOf(step, job)} ${path.text}` });
    else {
      const edit = removal(job.fragment.text, start, end);
      if (edit === null) return report("It cannot be taken out alone: change it by hand.");
      edits.push(edit);
    }
  }
  return {
    ...first.place,
    kind: path.sure ? job.kind : "offer",
    reason: "What makes and fills an environment becomes one call of setup.py.",
    edits: fileEdits(job, edits),
    names,
    stillNames: [],
  };
}

/** The Python that a block begins with, as it is written there. */
function pythonOf({ act, command }: Step, { fragment }: WindowsJob): string {
  if (
    !("program" in act) ||
    !isBare(act.program) ||
    !/^(python|py)\d?(\.exe)?$/i.test(act.program.value)
  )
    return "python";
  const version = command.words[1];
  const more =
    /^py/i.test(act.program.value) && /^-\d/.test(version?.value ?? "") ? ` ${version!.value}` : "";
  return fragment.text.slice(act.program.start, act.program.end) + more;
}

/** An activation goes where nothing that follows needs it; else it follows to the central venv. */
export function activationSite(
  job: WindowsJob,
  step: Step,
  steps: readonly Step[],
  settled: (step: Step) => boolean,
  tree: ReadonlySet<string>,
): Site {
  const { act, place, command } = step;
  const names = act.kind === "activate" && act.environment !== null ? [act.environment] : [];
  const later = steps.slice(steps.indexOf(step) + 1);
  const needed = later.length === 0 || later.some((one) => needs(one) && !settled(one));
  const edit = needed ? null : removal(job.fragment.text, command.start, command.end);
  if (edit !== null) {
    const reason = "Nothing that follows needs the activated environment any more.";
    return {
      ...place,
      kind: job.kind,
      reason,
      edits: fileEdits(job, [edit]),
      names,
      stillNames: [],
    };
  }
  return repointed(job, step, names, tree);
}

/** Whether a command may need the activated environment. */
function needs({ act }: Step): boolean {
  if (act.kind === "call" || act.kind === "script") return act.environment === null;
  return act.kind !== "setup" && act.kind !== "activate" && act.kind !== "deactivate";
}

function repointed(
  job: WindowsJob,
  step: Step,
  names: readonly string[],
  tree: ReadonlySet<string>,
): Site {
  const { act, place } = step;
  if (act.kind !== "activate" && act.kind !== "deactivate") return place;
  const written = job.fragment.text.slice(act.program.start, act.program.end);
  const file = /[^\\/"']+$/.exec(act.program.value)![0];
  const own = /%~dp0|PSScriptRoot/i.test(written);
  const path = centralFrom(
    `build/python/venv/Scripts/${file}`,
    job,
    own ? { ...step, folders: [] } : step,
    null,
    tree,
  );
  if (path === null) return { ...place, reason: UNKNOWN, names, stillNames: names };
  return {
    ...place,
    kind: path.sure ? job.kind : "offer",
    reason:
      "What follows may need the activated environment: the path follows to the central venv.",
    edits: fileEdits(job, [{ start: act.program.start, end: act.program.end, text: path.text }]),
    names,
    stillNames: [],
  };
}

/** `deactivate` goes with the activation; null where it stays. */
export function deactivationSite(
  job: WindowsJob,
  step: Step,
  gone: boolean,
  tree: ReadonlySet<string>,
): Site | null {
  const { act, place, command } = step;
  if (act.kind !== "deactivate") return null;
  const names = act.environment === null ? [] : [act.environment];
  const edit = gone ? removal(job.fragment.text, command.start, command.end) : null;
  if (edit !== null) {
    return {
      ...place,
      kind: job.kind,
      reason: "It goes with the activation.",
      edits: fileEdits(job, [edit]),
      names,
      stillNames: [],
    };
  }
  return act.environment === null ? null : repointed(job, step, names, tree);
}
