import { resolvedFrom } from "../paths.ts";
import { type Act, ownPath, type Seen } from "./act.ts";
import type { WindowsCommand, WindowsWord } from "./commands.ts";
import { pipAct } from "./pip.ts";

const HARMLESS =
  /^(echo\.?|set|setlocal|endlocal|pause|exit|goto|title|cls|timeout|mkdir|md|copy|xcopy|robocopy|del|erase|rmdir|rd|move|type|where|color|chcp|if|for|shift|ver|date|time|git|docker|docker-compose|curl|write-host|write-output|set-location|remove-item|new-item|copy-item|test-path|start-sleep|param|exit|return|throw|set-strictmode|\$.*)$/i;

/** Reads what a command is. */
export function actOf({ words, targets }: WindowsCommand, seen: Seen): Act {
  const { input } = seen;
  const [program, ...rest] = words;
  if (program === undefined) return { kind: "harmless" };
  const path = program.value.replaceAll("\\", "/");
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.(exe|bat|cmd|ps1)$/i, "");
  const environment = environmentOf(path, seen);
  const lower = name.toLowerCase();
  const bare = !path.includes("/");
  if (/^[-!$]/.test(path)) return { kind: "harmless" }; // a part of a condition
  if (/(^|\/)build\/python\/venv\//i.test(path)) return { kind: "harmless" };
  if (/^(cd|chdir|pushd|set-location|sl|push-location)$/.test(lower)) return changed(rest);
  if (/^(popd|pop-location)$/.test(lower)) return { kind: "back" };
  if (/^activate$/.test(lower) && (environment !== null || /(scripts|bin)\/activate/i.test(path)))
    return { kind: "activate", program, environment };
  if (lower === "deactivate") return { kind: "deactivate", program, environment };
  if (/^(conda|mamba|micromamba)$/.test(lower)) {
    const reason = "Conda may bring more than Python packages.";
    return rest[0]?.value === "activate" || rest[0]?.value === "run"
      ? { kind: "report", reason, files: [] }
      : { kind: "other" };
  }
  if (!bare && environment === null) return elsewhere(lower, rest, targets, seen);
  if (/^(python|pythonw|py)(\d(\.\d+)?)?$/.test(lower)) {
    return pythonAct(program, lower, rest, environment, targets, seen);
  }
  if (/^pip[\d.]*$/.test(lower)) return pipAct(program, rest, targets, seen);
  if (lower === "virtualenv") return { kind: "make", program, environment: null };
  if (input.consoleScripts.has(name)) return { kind: "script", program, name, environment };
  if (environment !== null) {
    return {
      kind: "report",
      reason: `The central venv may have no ${name}.`,
      files: [environment],
    };
  }
  return HARMLESS.test(lower) ? { kind: "harmless" } : { kind: "other" };
}

/** A program by a path that is no environment of the repository: of a Python somewhere else. */
function elsewhere(
  name: string,
  rest: readonly WindowsWord[],
  targets: readonly string[],
  seen: Seen,
): Act {
  if (!/^(python|pythonw|pip)[\d.]*$/.test(name)) return { kind: "other" };
  const from = rest[0]?.value === "-m" && rest[1]?.value === "pip" ? 2 : 0;
  const pip =
    from === 2 || name.startsWith("pip") ? pipAct(rest[0]!, rest.slice(from), targets, seen) : null;
  const files = pip !== null && "files" in pip ? pip.files : [];
  const reason = "It names a Python of its own place: which one that is, is not known here.";
  return { kind: "report", reason, files };
}

function pythonAct(
  program: WindowsWord,
  name: string,
  rest: readonly WindowsWord[],
  environment: string | null,
  targets: readonly string[],
  seen: Seen,
): Act {
  const { input } = seen;
  const version = name === "py" && /^-\d/.test(rest[0]?.value ?? "") ? rest[0]! : null;
  const words = version === null ? rest : rest.slice(1);
  const [first, second] = words.map(({ value }) => value);
  if (first === undefined || /^(-V|-VV|--version|-h|--help|-0p?|--list)$/.test(first))
    return { kind: "harmless" };
  const asked = /\d.*$/
    .exec(version?.value ?? (name === "py" ? "" : name))?.[0]
    .replace(/-(32|64)$/, "");
  if (asked !== undefined && asked !== "3" && asked !== input.python && input.python !== null) {
    return {
      kind: "report",
      reason: `It names Python ${asked}; the central venv has ${input.python}.`,
      files: [],
    };
  }
  const inside = (word: string) => word.replaceAll("\\", "/");
  if (/build\/python\/setup\.py$/.test(inside(first))) return { kind: "setup" };
  if (/build\/python\/run\.py$/.test(inside(first))) return { kind: "harmless" };
  if (first === "-m" && second === "pip") return pipAct(program, words.slice(2), targets, seen);
  if (first === "-m" && (second === "venv" || second === "virtualenv"))
    return { kind: "make", program, environment: null };
  if (first === "-m" && second === "ensurepip")
    return { kind: "upgrade", program, environment: null };
  if (/(^|\/)setup\.py$/.test(inside(first)) && /^(install|develop)$/.test(second ?? "")) {
    const reason =
      "Make it an editable member of the central requirements (-e): setup.py install is an anti-pattern.";
    return { kind: "report", reason, files: [] };
  }
  const at = words.findIndex(({ value }) => !/^-[A-Za-z]*$/.test(value));
  const option = words.slice(0, Math.max(at, 0)).map(({ value }) => value);
  const script = option.includes("-c") || option.includes("-m") || at < 0 ? null : words[at]!.value;
  return { kind: "call", program, version, module: option.includes("-m"), script, environment };
}

function changed(rest: readonly WindowsWord[]): Act {
  const words = rest
    .map(({ value }) => value)
    .filter((word) => !/^\/d$|^-(path|literalpath)$/i.test(word));
  return { kind: "cd", folder: words.join(" ") };
}

/** The environment that a path to one of its programs is of; null for another path. */
function environmentOf(
  path: string,
  { folders, own, input: { environments } }: Seen,
): string | null {
  const found = /^(.*?)\/?(Scripts|bin)\/[^/]+$/i.exec(path);
  if (found === null || found[1] === undefined || found[1] === "") return null;
  const candidates = folders.flatMap(
    (folder) => resolvedFrom(folder, ownPath(found[1]!, folder, own)) ?? [],
  );
  const known = candidates.find((one) => environments.has(one));
  if (known !== undefined) return known;
  const [first] = candidates;
  if (first === undefined || first === "build/python/venv") return null;
  return /(^|\/)\.?(v?env|virtualenv)[\w.-]*$/i.test(first) ? first : null;
}
