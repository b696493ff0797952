import { isFailure } from "../failure.ts";
import { parseMarker, printMarker } from "../marker.ts";
import { parseRequirement, type Requirement } from "../requirement.ts";
import { writtenSpecifiers } from "../specifier.ts";
import { eggOf, isArchive, isUrl, isVcs, linkSays, schemeOf } from "./pip-link.ts";
import { strip } from "./text.ts";

/** What a requirement says, in the terms of a Declaration. */
export interface Requested {
  readonly name: string | null;
  readonly specifier: string;
  readonly extras: readonly string[];
  readonly marker: string | null;
  readonly link: string | null;
}

/** Why pip refuses a requirement. */
export interface RequestFailure {
  readonly message: string;
}

/**
 * Reads the requirement of a line as pip does: a URL, a version control address, a path, an
 * archive, or a PEP 508 requirement. No file system is asked: what can only be a path is one,
 * whether it exists or not.
 */
export function readRequirement(line: string): Requested | RequestFailure {
  const separator = isUrl(line) ? "; " : ";";
  const cut = line.indexOf(separator);
  const text = strip(cut < 0 ? line : line.slice(0, cut));
  const written = cut < 0 ? "" : strip(line.slice(cut + 1));
  const marker = written === "" ? null : parseMarker(written);
  if (marker !== null && isFailure(marker)) return withVariable(line, marker.message);
  const said = withoutMarker(text);
  if ("message" in said) return withVariable(line, said.message);
  if (marker === null) return said;
  const { name, specifier, extras, link } = said;
  return { name, specifier, extras, marker: printMarker(marker), link };
}

/** Reads the value of `-e` as pip does: a path, a version control address, or `NAME @ URL`. */
export function readEditable(value: string): Requested | RequestFailure {
  const direct = parseRequirement(value);
  if (!isFailure(direct) && direct.url !== null) return editableLink(requested(direct));
  const { path, extras } = withoutExtras(value);
  if (extras === null) return { message: "its extras are not understood" };
  if (schemeOf(value) === "file") {
    const egg = eggOf(path);
    return "message" in egg ? egg : { ...nothing, ...egg, extras, link: path };
  }
  if (mayBePath(path) || isPlainPath(path)) return { ...nothing, extras, link: path };
  const bare = /^(git|hg|svn|bzr):/i.exec(value)?.[1]?.toLowerCase();
  const link = bare === undefined ? value : `${bare}+${value}`;
  const egg = eggOf(link);
  if ("message" in egg) return egg;
  return editableLink({ ...nothing, name: egg.name, link });
}

const nothing: Requested = { name: null, specifier: "", extras: [], marker: null, link: null };

function editableLink(said: Requested): Requested | RequestFailure {
  const link = said.link!;
  const egg = eggOf(link);
  if ("message" in egg) return egg;
  if (!isVcs(link) && schemeOf(link) !== "file") {
    const message = "-e takes a folder or a version control address (git+https://…)";
    return withVariable(link, hint(link) ?? message);
  }
  if (said.name === null) return { message: "nothing names the package; write NAME @ URL" };
  return said;
}

function withoutMarker(text: string): Requested | RequestFailure {
  if (isUrl(text)) {
    const says = linkSays(text, false);
    return "message" in says ? says : { ...nothing, ...says, link: text };
  }
  const { path, extras } = withoutExtras(text);
  if (extras === null) return { message: "its extras are not understood" };
  const at = text.indexOf("@");
  const namesUrl = at >= 0 && !/^\.|[/\\]/.test(text.slice(0, at));
  if (isArchive(path) && !namesUrl) return localPath(path, extras);
  const parsed = parseRequirement(text);
  if (!isFailure(parsed)) {
    const egg = parsed.url === null ? { name: null } : eggOf(parsed.url);
    return "message" in egg ? egg : requested(parsed);
  }
  if (mayBePath(path)) return localPath(path, extras);
  return { message: hint(text) ?? parsed.message };
}

function localPath(path: string, extras: readonly string[]): Requested | RequestFailure {
  const says = linkSays(path, true);
  return "message" in says ? says : { ...nothing, ...says, extras, link: path };
}

/** A PEP 508 requirement in the terms of a Declaration. */
function requested(parsed: Requirement): Requested {
  return {
    name: parsed.name,
    specifier: writtenSpecifiers(parsed.specifier),
    extras: parsed.extras,
    marker: parsed.marker === null ? null : printMarker(parsed.marker),
    link: parsed.url,
  };
}

/** Splits `path[extra,…]`; extras in lower case as pip has them, null where they cannot be read. */
function withoutExtras(text: string): { path: string; extras: readonly string[] | null } {
  const close = text.length - 1;
  let open = text[close] === "]" ? text.lastIndexOf("[") : -1;
  if (open === close - 1) open = text.lastIndexOf("[", open - 1);
  if (open < 1 || text.indexOf("]", open) !== close) return { path: text, extras: [] };
  const parsed = parseRequirement(`placeholder${text.slice(open).toLowerCase()}`);
  return { path: strip(text.slice(0, open)), extras: isFailure(parsed) ? null : parsed.extras };
}

/** Whether a text that is no requirement can be meant as a local path. */
function mayBePath(text: string): boolean {
  if (/[#;]|:\/\//.test(text) || /\[[^\]]*$/.test(text)) return false;
  if (
    /^\.{1,2}$|^(\.{0,2}|~)\/|^(\.{1,2}|~|\\)?\\[p{L}p{N}_.][^:]*$|^[a-z]:[/\\]|^\$\{[A-Z0-9_]+\}[/\\]/i.test(
      text,
    )
  )
    return true;
  return /[/\\]/.test(text) && /[\p{L}\p{N}]/u.test(text) && isPlainPath(text);
}

function isPlainPath(text: string): boolean {
  return /^[\p{L}\p{N}_.+~${}/\\-][\p{L}\p{N}_.+~@${}/\\-]*$/u.test(text);
}

function hint(text: string): string | null {
  if (/^(git|svn):\/\//i.test(text)) return `write ${schemeOf(text)}+ before ${schemeOf(text)}://`;
  if (/^(git\+)?[\w.-]+@[\w.-]+:/.test(text)) return "write git+ssh://USER@HOST/PATH";
  if (/\s-/.test(text)) return "an option must stand after a blank, not after a tab";
  if (text.endsWith("\\"))
    return "a backslash continues a line only where it is the last character";
  if (/^[\w.-]+\s*=[^=]/.test(text)) return "= is not an operator; did you mean ==?";
  return null;
}

/** Names the variables that a refused text waits for: only the environment knows their values. */
function withVariable(text: string, message: string): RequestFailure {
  const variables = text.match(/\$\{[A-Z0-9_]+\}/g);
  if (variables === null) return { message };
  return {
    message: `depends on the environment variable ${[...new Set(variables)].join(", ")}: ${message}`,
  };
}
