import { CONDA, type Program, type ProgramAct } from "./act.ts";
import { foreign, userDoubt } from "./doubts.ts";
import { type Draft, draft, offsetOf } from "./draft.ts";
import { type Environment, isEnvironment } from "./environment.ts";
import type { Ground } from "./ground.ts";
import type { Ran } from "./model.ts";
import { RUNNER, VENV } from "./paths.ts";
import { folderAt } from "./place.ts";
import { replaced } from "./replacing.ts";
import { shebangOf } from "./script-file.ts";
import { EDITABLE, installsItself } from "./setup-script.ts";
import { walkerOption } from "./tree-walkers.ts";
import { locations } from "./value.ts";

/** A console script of the central venv, or a script that its first line starts. */
export function ofProgram(act: ProgramAct, ran: Ran, ground: Ground): Draft | null {
  const { input, functions } = ground;
  const { name, env } = act;
  if (act.path !== null && (env === null || !isOfEnvironment(env, ground))) {
    return ofFile({ ...act, name: act.path }, ran, ground);
  }
  const known = input.consoleScripts.has(name);
  if (env === null && (functions.has(name) || !known)) return null;
  if (env?.where === "unknown" && !known) return null;
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

/** Whether a folder with programs is an environment; where that is not known, it may be. */
function isOfEnvironment(env: Environment, { input, made }: Ground): boolean {
  return env.where === "unknown" || isEnvironment(env, input, made);
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
  if (installsItself(path, ran.words.slice(ran.main + 1)))
    return draft(ran.node, offsetOf(ran), "report", EDITABLE);
  const written = ran.fragment.text.slice(act.start, act.end);
  return replaced(act, ran, ground, {
    hints: [word],
    doubts: [foreign(act, ran, ground), ...userDoubt(ran)],
    exclude: null,
    name: [...shebang.options, written].join(" "),
  });
}
