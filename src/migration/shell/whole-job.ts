import type { FinderInput } from "../input.ts";
import { type Draft, draft, offsetOf, type Step } from "./draft.ts";
import type { Ran } from "./model.ts";
import { nameAt } from "./unwrap.ts";
import { only, UNKNOWN } from "./value.ts";
import { named, sameVersion } from "./words.ts";

/** What a line says about every call of a script. */
interface Word {
  readonly step: Step;
  readonly reason: (line: number) => string;
}

/**
 * The drafts of a script that runs with several Pythons, each a report: one venv has one. `made` are
 * the keys of the environments that it makes.
 */
export function forOnePython(
  drafts: readonly Draft[],
  steps: readonly Step[],
  made: ReadonlySet<string>,
  input: FinderInput,
  lineOf: (offset: number) => number,
): readonly Draft[] {
  const found = otherPython(steps, made, input);
  if (found === null) return drafts;
  const reason = found.reason(lineOf(offsetOf(found.step.ran)));
  return drafts.map(({ key, offset, kind, names, reason: own }) =>
    draft(key, offset, "report", kind === "report" ? own : reason, { names }),
  );
}

function otherPython(
  steps: readonly Step[],
  made: ReadonlySet<string>,
  { python }: FinderInput,
): Word | null {
  const several = made.size > 1;
  for (const step of steps) {
    const asked = askedFor(step);
    if (asked === undefined) continue;
    if (asked === null ? several : !sameVersion(asked, python)) {
      return {
        step,
        reason: (line) => `Line ${line} chooses a Python of its own: the central venv has one.`,
      };
    }
  }
  return null;
}

/** The version that a line chooses for what follows; null where it is not known which. */
function askedFor({ act, ran }: Step): string | null | undefined {
  const args = ran.words.slice(ran.main + 1);
  if (act.kind === "tool" && act.tool === "pyenv") {
    const [verb, version] = args;
    if (!/^(shell|local|global)$/.test(verb?.word.text ?? "") || version === undefined)
      return undefined;
    const text = only(version.value);
    return /^\d[\d.]*$/.test(text ?? "") ? text : null;
  }
  if (act.kind !== "create") return undefined;
  const at = args.findIndex(({ word }) => /^(-p|--python)(=|$)/.test(word.text));
  if (at < 0) return undefined;
  const said = args[at]!.word.text.includes("=") ? args[at]! : args[at + 1];
  const text = said?.value.texts[0]?.replace(/^--python=/, "") ?? UNKNOWN;
  const what = named(text.slice(text.lastIndexOf("/") + 1));
  if (what?.kind === "otherPython") return "2";
  if (what?.kind === "python") return what.version ?? undefined;
  return /^\d[\d.]*$/.test(text) ? text : null;
}

/** Where a script puts the system's packages on a machine, that machine may be a bare one. */
export function preparesMachine(steps: readonly Step[]): boolean {
  return steps.some(({ ran }) => installsForSystem(ran));
}

const INSTALLERS: Readonly<Record<string, RegExp>> = {
  "apt-get": /^install$/,
  apt: /^install$/,
  aptitude: /^install$/,
  yum: /^(install|localinstall)$/,
  dnf: /^install$/,
  zypper: /^(install|in)$/,
  apk: /^add$/,
  pkg: /^install$/,
  pkgin: /^install$/,
  pkg_add: /./,
  pacman: /^-S/,
  emerge: /./,
};

function installsForSystem({ words, main, form }: Ran): boolean {
  const verb = form === "command" ? INSTALLERS[nameAt(words, main) ?? ""] : undefined;
  return verb !== undefined && words.slice(main + 1).some(({ word }) => verb.test(word.text));
}
