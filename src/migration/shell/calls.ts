import { normalizeName } from "../../requirements/name.ts";
import type { Fragment } from "../fragment.ts";
import { editOfFile } from "../fragment.ts";
import type { FinderInput } from "../input.ts";
import type { Edit, SiteKind } from "../site.ts";
import { CONDA, type Program, type PythonAct } from "./act.ts";
import { type Draft, draft, offsetOf, type Step } from "./draft.ts";
import type { ShellJob } from "./job.ts";
import type { Ran, Said } from "./model.ts";
import { packageOf } from "./modules.ts";
import { CENTRAL, joined, nameOf, RUNNER, relativeTo, VENV } from "./paths.ts";
import { folderAt } from "./place.ts";
import { bare, pathFor } from "./runner-path.ts";
import { shebangOf } from "./script-file.ts";
import { shorterForm } from "./shorter.ts";
import { activeEnvironment } from "./step.ts";
import { toolUse } from "./tools.ts";
import { UNKNOWN_WRAPPER } from "./unwrap.ts";
import { locations, only, UNKNOWN } from "./value.ts";
import { named, sameVersion } from "./words.ts";

/** What decides the drafts of a job's commands. */
export interface Ground {
  readonly job: ShellJob;
  readonly input: FinderInput;
  /** Functions that the text defines: their names are no programs. */
  readonly functions: ReadonlySet<string>;
  /** Environments that a line which stays still makes or fills, with that line's number. */
  readonly held: ReadonlyMap<string, number>;
  /** Packages that lines of the job install and nothing declares. */
  readonly missing: ReadonlySet<string>;
}

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

function ofPython(act: PythonAct, ran: Ran, ground: Ground): Draft | null {
  const { input } = ground;
  const { python, version } = act;
  const at = offsetOf(ran);
  if (python.mode === "asks") return null;
  if (!sameVersion(version, input.python)) {
    return draft(
      ran.node,
      at,
      "report",
      `Names Python ${version}; the central venv has ${input.python}.`,
    );
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

interface Replacing {
  readonly hints: readonly Said[];
  readonly doubts: readonly (string | null)[];
  readonly exclude: { readonly text: string; readonly reason: string; readonly after: Said } | null;
  /** The console script that the runner is to run; null where it takes the place of Python. */
  readonly name: string | null;
}

/** The runner in the place of the word that starts Python. */
function replaced(program: Program, ran: Ran, ground: Ground, how: Replacing): Draft {
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

/** Why a call of Python is not moved at all. */
function refusal({ python, env }: PythonAct, ran: Ran): string | null {
  if (ran.active?.kind === "conda" && env === null) return CONDA;
  const [first] = python.rest;
  if (
    python.mode === "script" &&
    nameOf(python.text ?? "") === "setup.py" &&
    /^(install|develop)$/.test(first?.word.text ?? "")
  ) {
    return "Make it an editable member of the central requirements (-e): setup.py install is an anti-pattern.";
  }
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

/** The package of `-m MODULE` that the central requirements do not name. */
function lacking(
  { python, env }: PythonAct,
  { place }: Ran,
  { input, missing }: Ground,
): { readonly reason: string; readonly certain: boolean } | null {
  const name = python.mode === "module" ? packageOf(python.text ?? "") : null;
  if (name === null) return null;
  const normal = normalizeName(name);
  const reason = `The central requirements do not name ${name}: declare it.`;
  if (missing.has(normal)) return { reason, certain: true };
  if (input.declared.size === 0 || input.declared.has(normal) || env !== null) return null;
  if (input.consoleScripts.has(name)) return null;
  const folders = ["", ...place.pairs.map(({ folder }) => folder)];
  const local = folders.some((folder) => {
    const path = joined(folder, name) ?? "";
    return input.folders.has(path) || input.tree.has(`${path}.py`);
  });
  return local ? null : { reason, certain: false };
}

/** The environment that it runs in is not one of the repository's that goes. */
function foreign({ env }: Program, ran: Ran, { held }: Ground): string | null {
  if (env?.where === "elsewhere") return "It names a Python outside of the repository.";
  const own = env ?? activeEnvironment(ran);
  if (own === null) return null;
  if (own.where === "elsewhere" || own.where === "unknown") {
    return "Another environment is active here.";
  }
  if (held.has(own.key)) {
    return `Line ${held.get(own.key)} still fills this environment with what the central requirements do not name.`;
  }
  return null;
}

/** A script that does not lie in the repository may want the system's Python. */
function outside({ python }: PythonAct, { place }: Ran): string | null {
  if (python.mode !== "script" || python.text === null || python.text.includes(UNKNOWN))
    return null;
  const found = locations(python.text, place);
  return found.length > 0 && found.every(({ path }) => path === null)
    ? "The script lies outside of the repository."
    : null;
}

/** Another user may not reach the venv, or writes files that its owner cannot remove. */
function userDoubt({ wrappers, around }: Ran): readonly string[] {
  const all = [...wrappers, ...around];
  if (all.includes("array")) return ["It is run later: the directory there must be the one here."];
  const other = all.find((name) => name.startsWith(UNKNOWN_WRAPPER));
  if (other !== undefined) return [`${other.slice(UNKNOWN_WRAPPER.length)} starts it.`];
  if (all.some((name) => /^(su|runuser)$/.test(name)))
    return ["Another user may not reach the venv."];
  return all.some((name) => /^(sudo|doas)$/.test(name))
    ? ["Another user: it may write files into the tree that its owner cannot remove."]
    : [];
}

/** Tools that walk the whole tree, in which the venv now lies, and how they are kept out of it. */
const WALKERS: Readonly<
  Record<string, { readonly option: string; readonly given: RegExp; readonly bare: boolean }>
> = {
  flake8: { option: "--extend-exclude", given: /^--extend-exclude/, bare: true },
  bandit: { option: "-x", given: /^(-x|--exclude)/, bare: false },
};

function walkerOption(
  name: string,
  args: readonly Said[],
  ran: Ran,
): { readonly text: string; readonly reason: string } | null {
  const walker = Object.hasOwn(WALKERS, name) ? WALKERS[name]! : undefined;
  const folder = folderAt(ran.place);
  if (
    walker === undefined ||
    folder === null ||
    args.some(({ word }) => walker.given.test(word.text))
  )
    return null;
  const plain = args.filter(({ word }) => !word.text.startsWith("-"));
  const whole =
    plain.length === 0
      ? walker.bare && (folder === "" || CENTRAL.startsWith(`${folder}/`))
      : plain.some(({ value }) => {
          const text = only(value);
          return (
            text !== null &&
            /^[./]+$/.test(text) &&
            locations(text, ran.place).some(
              ({ path }) => path === "" || (path !== null && CENTRAL.startsWith(`${path}/`)),
            )
          );
        });
  if (!whole) return null;
  const path = relativeTo(folder, CENTRAL);
  return {
    text: `${walker.option} ${bare(name === "bandit" ? `./${path}` : path)}`,
    reason: "It walks the whole tree, in which the venv now lies.",
  };
}

/** A console script of the central venv, or a script that its first line starts. */
function ofProgram(
  act: Program & { readonly name: string },
  ran: Ran,
  ground: Ground,
): Draft | null {
  const { input, functions } = ground;
  const { name, env } = act;
  if (env === null && name.includes("/")) return ofFile(act, ran, ground);
  if (env === null && (functions.has(name) || !input.consoleScripts.has(name))) return null;
  if (ran.active?.kind === "conda" && env === null)
    return draft(ran.node, offsetOf(ran), "report", CONDA);
  const at = offsetOf(ran);
  if (env?.where === "unknown")
    return draft(
      ran.node,
      at,
      "report",
      "Which environment it names is not known: name the runner instead.",
    );
  const folder = folderAt(ran.place);
  if (folder !== null && input.tree.has(folder === "" ? name : `${folder}/${name}`)) {
    return draft(ran.node, at, "report", `A file ${name} lies here: the runner would run that.`);
  }
  const missing = !input.consoleScripts.has(name);
  if (missing && input.consoleScripts.size > 0) {
    return draft(
      ran.node,
      at,
      "report",
      `The central venv has no ${name}: declare what brings it.`,
    );
  }
  const args = ran.words.slice(ran.main + 1);
  const exclude = walkerOption(name, args, ran);
  const doubts = [
    foreign(act, ran, ground),
    missing ? `Whether the central venv has ${name} is not known yet.` : null,
    env === null && NOT_ONLY_PYTHON.has(name)
      ? `${name} may be the system's own, which this would replace.`
      : null,
    ...userDoubt(ran),
  ];
  const word = ran.words[ran.main]!;
  const said = exclude && { ...exclude, after: word };
  return replaced(act, ran, ground, { hints: args, doubts, exclude: said, name });
}

/** Programs that are also installed without Python. */
const NOT_ONLY_PYTHON: ReadonlySet<string> = new Set(
  "cmake cpack ctest ninja meson node npm npx clang-format clang-tidy shellcheck hadolint jq protoc make swig patchelf ansible aws az gcloud dvc".split(
    " ",
  ),
);

function ofFile(act: Program & { readonly name: string }, ran: Ran, ground: Ground): Draft | null {
  const { input } = ground;
  const found = [
    ...new Set(locations(act.name, ran.place).flatMap(({ path }) => path ?? [])),
  ].filter((path) => input.tree.has(path));
  const [path] = found;
  if (path === undefined || path === RUNNER || path.startsWith(`${VENV}/`)) return null;
  const shebang = shebangOf(path, input);
  if (shebang.kind === "other") return null;
  if (shebang.kind === "report") return draft(ran.node, offsetOf(ran), "report", shebang.reason);
  if (ran.active?.kind === "conda") return draft(ran.node, offsetOf(ran), "report", CONDA);
  const word = ran.words[ran.main]!;
  const written = ran.fragment.text.slice(act.start, act.end);
  return replaced(act, ran, ground, {
    hints: [word],
    doubts: [foreign(act, ran, ground), ...userDoubt(ran)],
    exclude: null,
    name: [...shebang.options, written].join(" "),
  });
}

/** `poetry run python x.py` and its like: the runner takes the place of all of it. */
function ofTool({ act, ran }: Step, ground: Ground): Draft | null {
  if (act.kind !== "tool") return null;
  const use = toolUse(act);
  const at = offsetOf(ran);
  if (use.kind === "report") return draft(ran.node, at, "report", use.reason);
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
