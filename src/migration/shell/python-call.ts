import { CONDA, type PythonAct } from "./act.ts";
import { foreign, lacking, outside, userDoubt } from "./doubts.ts";
import { type Draft, draft, offsetOf } from "./draft.ts";
import type { Ground } from "./ground.ts";
import type { Ran } from "./model.ts";
import { nameOf } from "./paths.ts";
import { replaced } from "./replacing.ts";
import { EDITABLE, installsItself } from "./setup-script.ts";
import { shorterForm } from "./shorter.ts";
import { walkerOption } from "./tree-walkers.ts";
import { otherVersion, sameVersion } from "./words.ts";

export function ofPython(act: PythonAct, ran: Ran, ground: Ground): Draft | null {
  const { input } = ground;
  const { python, version } = act;
  const at = offsetOf(ran);
  if (
    python.mode === "asks" ||
    (python.mode === "code" && act.env === null && asksOnly(python.text ?? ""))
  ) {
    return null;
  }
  if (!sameVersion(version, input.python)) {
    return draft(ran.node, at, "report", otherVersion(version, input.python));
  }
  const refused = refusal(act, ran);
  if (refused !== null) return draft(ran.node, at, "report", refused);
  const lacks = lacking(act, ran, ground);
  if (lacks?.certain === true) return draft(ran.node, at, "report", lacks.reason);
  const doubts = [
    foreign(act, ran, ground),
    outside(act, ran),
    ...userDoubt(ran),
    lacks?.reason ?? null,
  ];
  const exclude =
    python.mode === "module" ? walkerOption(python.text ?? "", python.rest, ran) : null;
  const hints = [
    ...(python.word === null ? [] : [python.word]),
    ...ran.words.slice(ran.main, ran.main + 1),
  ];
  const one = replaced(act, ran, ground, {
    hints,
    doubts,
    exclude: exclude && { ...exclude, after: python.word! },
    name: null,
  });
  return one.edits.length === 0 ? one : { ...one, alternative: shorterForm(act, ran, ground.job) };
}

/** Code that asks which Python this is, or what it brings: it is about the one on PATH. */
function asksOnly(code: string): boolean {
  if (/^\s*import (venv|ensurepip|pip|virtualenv|distutils)\s*;?\s*$/.test(code)) return true;
  const imports = [...code.matchAll(/\bimport\s+([\w, ]+)/g)].flatMap(([, names]) =>
    names!.split(/[, ]+/),
  );
  return (
    /\bversion_info\b|\bsys\.(hex)?version\b|\bpython_version\b/.test(code) &&
    imports.every((name) => /^(sys|platform|os)$/.test(name))
  );
}

/** Why a call of Python is not moved at all. */
function refusal({ python, env }: PythonAct, ran: Ran): string | null {
  if (ran.active?.kind === "conda" && env === null) return CONDA;
  if (python.mode === "script" && installsItself(python.text ?? "", python.rest)) return EDITABLE;
  if (
    python.mode === "script" &&
    /^(get-pip|install-poetry|get-poetry|get_pip)\.py$/.test(nameOf(python.text ?? ""))
  )
    return INSTALLER;
  if (python.mode === "module" && python.text === "ensurepip")
    return "The central venv has what it needs: take this line out.";
  if (python.mode === "stdin" && downloads(ran)) return INSTALLER;
  if (env?.where === "unknown")
    return "Which environment it names is not known: name the runner instead.";
  return null;
}

const INSTALLER = "It installs a tool and belongs to no environment of the repository.";

function downloads({ spot, fragment, node }: Ran): boolean {
  if (!spot.piped) return false;
  const { pos } = spot.list.statements[spot.index]!;
  return /\b(curl|wget)\b/.test(fragment.text.slice(pos, node.pos));
}
