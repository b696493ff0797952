import { normalizeName } from "../name.ts";
import { parseVersion, printVersion } from "../version.ts";

/** What a URL or an archive's path says of the package behind it. */
export interface LinkSays {
  readonly name: string | null;
  /** `==VERSION` for a wheel, else "". */
  readonly specifier: string;
}

/** Why pip refuses a link. */
export interface LinkFailure {
  readonly message: string;
}

const vcsSchemes = new Set(
  [
    "git+http git+https git+ssh git+git git+file hg+http hg+https hg+ssh hg+static-http hg+file".split(
      " ",
    ),
    "svn+http svn+https svn+ssh svn+svn svn+file".split(" "),
    "bzr+http bzr+https bzr+ssh bzr+sftp bzr+ftp bzr+lp bzr+file".split(" "),
  ].flat(),
);

const archives = new Set([".zip", ".whl", ".tbz", ".tgz", ".tar", ".txz", ".tlz"]);
const LONGEST_ENDING = ".lzma".length;
const packings = new Set([".gz", ".bz2", ".xz", ".lz", ".lzma"]);

/** The scheme of a URL in lower case, or "". */
export function schemeOf(text: string): string {
  // Most requirements hold no colon at all.
  const colon = text.indexOf(":");
  const scheme = colon < 1 ? "" : text.slice(0, colon).toLowerCase();
  return /^[a-z][a-z0-9+.-]*$/.test(scheme) ? scheme : "";
}

/** Whether pip takes a link for a version control address (`git+https://…`). */
export function isVcs(link: string): boolean {
  return vcsSchemes.has(schemeOf(link));
}

/** Whether pip takes a requirement for a URL: by its scheme. */
export function isUrl(text: string): boolean {
  const scheme = schemeOf(text);
  return (
    scheme === "http" || scheme === "https" || scheme === "file" || scheme === "ftp" || isVcs(text)
  );
}

/** Whether a path names an archive, by its ending. */
export function isArchive(path: string): boolean {
  let end = path.length;
  while (path[end - 1] === "/" || path[end - 1] === "\\") end--;
  const dot = path.lastIndexOf(".", end - 1);
  if (dot < 0 || end - dot > LONGEST_ENDING) return false;
  const ending = path.slice(dot, end).toLowerCase();
  const before = path.slice(0, dot);
  // A name that is nothing but an ending (".zip") is a hidden file without one.
  if (archives.has(ending)) return !/(^|[/\\])$/.test(before);
  return packings.has(ending) && /[^/\\]\.tar$/i.test(before);
}

/** The package that a link's `#egg=` names (null without one); pip takes a bare name and nothing more. */
export function eggOf(link: string): { name: string | null } | LinkFailure {
  const egg = /[#&]egg=([^&]*)/.exec(link)?.[1];
  if (egg === undefined) return { name: null };
  if (/^([a-z0-9]|[a-z0-9][a-z0-9._-]*[a-z0-9])$/i.test(egg)) return { name: egg };
  const extras = /^([a-z0-9][a-z0-9._-]*\[[^\]]*\])$/i.exec(egg)?.[1];
  if (extras === undefined) return { message: "#egg= takes a package name and nothing else" };
  return { message: `#egg= takes no extras any more; write ${extras} @ URL instead` };
}

/** What the last part of a link (a URL, or a local path) and its `#egg=` say of the package. */
export function linkSays(link: string, local: boolean): LinkSays | LinkFailure {
  const egg = local ? { name: null } : eggOf(link);
  if ("message" in egg) return egg;
  // pip makes such a link absolute and drops its fragment on the way.
  const dropped = schemeOf(link) === "file" && link.includes("../");
  const path = local ? link : unquoted(urlPath(link));
  const file = path
    .replace(/[/\\]+$/, "")
    .split(local ? /[/\\]/ : "/")
    .at(-1)!;
  if (file.endsWith(".whl") && file !== ".whl") return wheelSays(file);
  return { name: dropped ? null : egg.name, specifier: "" };
}

function wheelSays(file: string): LinkSays | LinkFailure {
  const message = `${file} is not the name of a wheel (NAME-VERSION-PYTHON-ABI-PLATFORM.whl)`;
  const parts = file.slice(0, -".whl".length).split("-");
  if (parts.length !== 5 && parts.length !== 6) return { message };
  const [name, written] = parts as [string, string];
  if (name.includes("__") || !/^[\p{L}\p{N}_.]+$/u.test(name)) return { message };
  const version = parseVersion(written);
  if (version === null) return { message };
  if (parts.length === 6 && !/^\d/.test(parts[2]!)) return { message };
  const tags = parts.slice(-3).map((tag) => tag.split("."));
  if (tags.some((tag) => tag.includes(""))) return { message };
  if (!tags[0]!.every((tag) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(tag))) return { message };
  return { name: normalizeName(name), specifier: `==${printVersion(version)}` };
}

function urlPath(url: string): string {
  const rest = url.replace(/^[a-z][a-z0-9+.-]*:/i, "").split(/[?#]/)[0]!;
  if (!rest.startsWith("//")) return rest;
  const slash = rest.indexOf("/", 2);
  return slash < 0 ? "" : rest.slice(slash);
}

function unquoted(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a `%` that escapes nothing stays as it is
  }
}
