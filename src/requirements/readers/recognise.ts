import type { Format, Reading } from "../declaration.ts";
import { readRequirementsFile } from "./requirements-txt.ts";

const NAMES: ReadonlyMap<string, Format> = new Map([
  ["pyproject.toml", "pyproject.toml"],
  ["setup.cfg", "setup.cfg"],
  ["setup.py", "setup.py"],
  ["Pipfile", "Pipfile"],
  ["poetry.lock", "poetry.lock"],
  ["uv.lock", "uv.lock"],
  ["Pipfile.lock", "Pipfile.lock"],
]);

/**
 * Which format a path (with `/`) names. "maybe requirements" is a text file whose content has the
 * last word (`looksLikeRequirements`); null is no source by its name. A Python script may still
 * hold a PEP 723 block.
 */
export function formatOf(path: string): Format | "maybe requirements" | null {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const known = NAMES.get(name);
  if (known !== undefined) return known;
  if (/^pylock\.([^.]+\.)?toml$/.test(name)) return "pylock.toml";
  if (/^(.*[-_.])?(environment|conda)([-_.].*)?\.ya?ml$/.test(name)) {
    return /^conda-lock\.ya?ml$/.test(name) ? null : "environment.yml";
  }
  return mayBeRequirements(path, name) ? "maybe requirements" : null;
}

function mayBeRequirements(path: string, name: string): boolean {
  if (/^(pip|test|dev)-requires$/.test(name)) return true;
  // What One Venv exports for an image; of other tools' locks of that name the content tells.
  if (/requirements?[^/]*\.lock$/.test(name)) return true;
  if (!/\.(txt|in|pip)$/i.test(name) || name === "MANIFEST.in") return false;
  // "requirments" is a common slip; "required" says nothing of packages.
  if (
    /requir(?!ed)|constraint|(^|[-_.])(reqs?|deps|dependencies|packages|pip|tools)([-_.]|$)/i.test(
      name,
    )
  )
    return true;
  // `config.h.in` and the like are templates of another tool.
  if (name.endsWith(".in") && !/\.[a-z]+\.in$/i.test(name)) return true;
  return /(^|[-_./])(requirements?|reqs)\/.|(^|\/)((constraints|deps)\/[^/]+$|pip[-_])/i.test(path);
}

/** How much of a line tells what it is. */
const TELLING = 300;

/** A line of several words and no operator: prose, not a broken requirement. */
function isProse(line: string): boolean {
  const start = line.slice(0, TELLING).trim();
  if (isRequirementLike(start)) return false;
  const words = start
    .split(/\s+/)
    .filter((word) => /^["'(]*[\p{L}\p{N}][\p{L}\p{N}'’/-]*["'),.:!?]*$/u.test(word));
  return words.length > 2 || /^([-*•]|\d+[.)])\s/.test(start);
}

/** Whether a line that pip refuses was still meant for it. */
function isRequirementLike(line: string): boolean {
  const start = line.slice(0, TELLING).trimStart();
  return /[=<>!~]=|=>|>>|:\/\/|^-{1,2}[a-z]|@ |\$\{[A-Z0-9_]+\}/i.test(start);
}

/** Lines of which pip takes nothing, as `- item` of a bullet list. */
function bulletLines({ declarations, references, options, notUnderstood, notes }: Reading): number {
  const used = new Set(
    [...declarations, ...references, ...options, ...notUnderstood].map((one) => one.span.line),
  );
  const ignored = notes.filter((one) => one.message.startsWith("pip ignores words"));
  return new Set(ignored.map((one) => one.span.line).filter((line) => !used.has(line))).size;
}

/**
 * Whether a text reads as a requirements file: nothing in it but comments, or more lines that say
 * something to pip than lines of prose. Lines that are merely broken do not count against it.
 */
export function looksLikeRequirements(text: string): boolean {
  // A file in UTF-16 without its mark is still one, if not one that pip can read.
  const read = readRequirementsFile("", text.replaceAll("\0", ""));
  const { declarations, references, options, notUnderstood } = read;
  const strong =
    references.length +
    options.length +
    declarations.filter(
      (one) =>
        one.specifier !== "" || one.link !== null || one.marker !== null || one.extras.length > 0,
    ).length;
  const prose = notUnderstood.filter((one) => isProse(one.raw)).length + bulletLines(read);
  if (strong > 0) return declarations.length + references.length + options.length > prose;
  // Nothing but bare words: a list of package names has no line that is anything else.
  const other = notUnderstood.filter((one) => !isRequirementLike(one.raw)).length;
  return prose === 0 && other <= declarations.length;
}
