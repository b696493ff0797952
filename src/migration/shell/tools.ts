import type { Act } from "./act.ts";
import type { Said } from "./model.ts";
import { only } from "./value.ts";

/** What is to be done with `poetry`, `uv`, `conda` and their like. */
export type ToolUse =
  /** It runs a command in its environment: `at` is the word of that command. */
  | { readonly kind: "run"; readonly at: number; readonly reason: string }
  | { readonly kind: "pip"; readonly args: readonly Said[] }
  | { readonly kind: "create"; readonly args: readonly Said[] }
  /** It installs what these files of its folder declare. */
  | { readonly kind: "install"; readonly files: readonly string[] }
  | { readonly kind: "report"; readonly reason: string }
  | { readonly kind: "leave" };

type ToolAct = Extract<Act, { kind: "tool" }>;

const OWN = "It makes environments of its own: decide whether they are still needed.";
const CONDA =
  "Conda may bring more than Python packages: decide what of its environment is needed.";
const EXTRA = "It adds packages for this one run: declare them in the central requirements.";

const FILES: Readonly<Record<string, readonly string[]>> = {
  poetry: ["pyproject.toml", "poetry.lock"],
  pipenv: ["Pipfile", "Pipfile.lock"],
  uv: ["pyproject.toml", "uv.lock"],
  pdm: ["pyproject.toml", "pdm.lock"],
  rye: ["pyproject.toml"],
  hatch: ["pyproject.toml"],
};
const INSTALLS = /^(install|sync)$/;
const QUIET =
  /^(--version|-V|--help|-h|version|help|self|config|cache|show|list|tree|build|publish|check|env|export|lock|python|tool|init|new|info|shell-init|activate\.d)$/;

/** Reads the words behind a tool's name. */
export function toolUse({ tool, args }: ToolAct): ToolUse {
  const at = args.findIndex(({ word }) => !word.text.startsWith("-"));
  const verb = args[at] === undefined ? null : only(args[at]!.value);
  switch (tool) {
    case "tox":
    case "nox":
      return verb === null &&
        args.length > 0 &&
        /^(--version|-h|--help|-l|--list)$/.test(args[0]!.word.text)
        ? { kind: "leave" }
        : { kind: "report", reason: OWN };
    case "conda":
    case "mamba":
    case "micromamba":
    case "pixi":
      return /^(activate|run|env|create|install|update|shell)$/.test(verb ?? "")
        ? { kind: "report", reason: CONDA }
        : { kind: "leave" };
    case "pyenv":
      return { kind: "leave" };
    case "pipx":
    case "uvx":
      return tool === "uvx" || verb === "run" ? { kind: "report", reason: OWN } : { kind: "leave" };
    case "pip-compile":
    case "pip-sync":
      return {
        kind: "report",
        reason: "setup.py lock pins what the central requirements declare.",
      };
    case "easy_install":
      return {
        kind: "report",
        reason: "easy_install is gone: declare the package in the central requirements.",
      };
  }
  if (tool === "uv" && verb === "pip") return { kind: "pip", args: args.slice(at + 1) };
  if (tool === "uv" && verb === "venv") return { kind: "create", args: args.slice(at + 1) };
  if (verb === "run") return running(tool, args, at + 1);
  if (INSTALLS.test(verb ?? "") || (tool === "pipenv" && verb === null)) {
    return args.slice(at + 1).some(({ word }) => !word.text.startsWith("-"))
      ? { kind: "report", reason: "Adds packages: declare them in the central requirements." }
      : { kind: "install", files: FILES[tool] ?? [] };
  }
  if (verb === null || QUIET.test(verb)) return { kind: "leave" };
  return { kind: "report", reason: OWN };
}

const WITH_VALUE =
  /^(-p|--python|--project|--directory|--env-file|-e|--env|--extra|--group|-g|--only-group|--package)$/;

function running(tool: string, args: readonly Said[], from: number): ToolUse {
  let at = from;
  for (; at < args.length && args[at]!.word.text.startsWith("-"); at += 1) {
    const text = args[at]!.word.text;
    if (text === "-m" || text === "--module") break;
    if (
      /^(--with|--with-editable|--with-requirements|-s|--script|--isolated|--directory|--project)(=|$)/.test(
        text,
      )
    ) {
      return { kind: "report", reason: EXTRA };
    }
    if (WITH_VALUE.test(text)) at += 1;
  }
  if (at >= args.length) return { kind: "report", reason: OWN };
  if (tool === "hatch" && /:/.test(args[at]!.word.text)) return { kind: "report", reason: OWN };
  return {
    kind: "run",
    at,
    reason: RUNS[tool] ?? `${tool} run does more than start it: look at its settings.`,
  };
}

const RUNS: Readonly<Record<string, string>> = {
  poetry: "poetry run starts it in Poetry's own environment; the central venv takes its place.",
  pipenv: "pipenv run also loads .env.",
  uv: "uv run may sync first.",
};
