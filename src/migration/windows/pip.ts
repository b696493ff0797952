import { parseRequirement } from "../../requirements/requirement.ts";
import { resolvedFrom } from "../paths.ts";
import { type Act, ownPath, type Seen } from "./act.ts";
import type { WindowsWord } from "./commands.ts";

/** What a call of pip is, by the words behind its name. */
export function pipAct(
  program: WindowsWord,
  rest: readonly WindowsWord[],
  targets: readonly string[],
  seen: Seen,
): Act {
  const { folders, own, input } = seen;
  const words = rest.map(({ value }) => value);
  const verb = words.find((word) => !word.startsWith("-"));
  const inside = (file: string) =>
    folders.map((folder) => resolvedFrom(folder, ownPath(file, folder, own)));
  const source = (file: string) =>
    inside(file).find((path) => path !== null && input.accounted.has(path)) ?? null;
  const written = targets.flatMap((file) => source(file) ?? []);
  if (verb === "freeze" && written.length > 0) {
    return {
      kind: "report",
      reason: "It would bring a scattered file back: the lock is written by setup.py lock.",
      files: written,
    };
  }
  if (verb !== "install") {
    return verb === undefined || words.includes("--version")
      ? { kind: "harmless" }
      : { kind: "other" };
  }
  const files: string[] = [];
  const packages: string[] = [];
  for (let i = words.indexOf("install") + 1; i < words.length; i++) {
    const word = words[i]!;
    const joined = /^(?:-r|--requirement=)(.+)$/.exec(word)?.[1];
    if (joined !== undefined) files.push(joined);
    else if (/^(-r|--requirement)$/.test(word)) files.push(words[++i] ?? "");
    else if (
      /^(-U|-q|-qq|-v|--upgrade|--quiet|--no-cache-dir|--disable-pip-version-check|--no-warn-script-location|--no-input|--prefer-binary)$/.test(
        word,
      )
    )
      continue;
    else if (word.startsWith("-"))
      return {
        kind: "report",
        reason: `It installs in a way of its own (${word}): setup.py does not.`,
        files: files.flatMap((file) => source(file) ?? []),
      };
    else packages.push(word);
  }
  const known = files.map(source);
  if (known.some((file) => file === null)) {
    return {
      kind: "report",
      reason: "It installs a file that the central requirements do not account for.",
      files: known.flatMap((file) => file ?? []),
    };
  }
  const names = packages.map((one) => nameOf(one));
  const tools = names.every((name) => /^(pip|setuptools|wheel)$/.test(name ?? ""));
  if (files.length === 0 && tools && packages.length > 0)
    return { kind: "upgrade", program, environment: null };
  const settled = names.every(
    (name) => name !== null && (input.declared.has(name) || /^(pip|setuptools|wheel)$/.test(name)),
  );
  if (!settled || (files.length === 0 && packages.length === 0)) {
    return {
      kind: "report",
      reason: "It installs packages that nothing declares: declare them, then take this line out.",
      files: known.flatMap((file) => file ?? []),
    };
  }
  return { kind: "install", program, files: known.flatMap((file) => file ?? []) };
}

function nameOf(requirement: string): string | null {
  const parsed = parseRequirement(requirement);
  return "name" in parsed ? parsed.name.toLowerCase().replace(/[-_.]+/g, "-") : null;
}
