import { isFailure, type ParseFailure } from "./failure.ts";
import { type Marker, parseMarkerAt, printMarker } from "./marker.ts";
import {
  ARBITRARY,
  parseSpecifiers,
  printSpecifierSet,
  SPECIFIER,
  type SpecifierSet,
} from "./specifier.ts";

/** Where a part stands in the text: 0-based offsets in UTF-16 code units, end exclusive. */
export interface Slice {
  readonly start: number;
  readonly end: number;
}

/** One dependency as PEP 508 writes it: `name[extras]>=1.0; marker` or `name @ url ; marker`. */
export interface Requirement {
  readonly name: string;
  /** As written, without duplicates, sorted. */
  readonly extras: readonly string[];
  readonly specifier: SpecifierSet;
  readonly url: string | null;
  readonly marker: Marker | null;
  /** Where the parts stand; null for a part that is absent. */
  readonly slices: {
    readonly name: Slice;
    /** With its brackets. */
    readonly extras: Slice | null;
    /** Without parentheses around it. */
    readonly specifier: Slice | null;
    readonly url: Slice | null;
    /** Without the `;` and the white space around it. */
    readonly marker: Slice | null;
  };
}

const SPACES = /[ \t]*/y;
const IDENTIFIER = /[a-zA-Z0-9][a-zA-Z0-9._-]*\b/y;
const URL = /[^ \t]+/y;
const PREFIX_TRAIL = /\.\*/y;
const LOCAL_TRAIL = /\+[a-z0-9]+/y;

/** Reads one requirement; never throws. */
export function parseRequirement(text: string): Requirement | ParseFailure {
  const nameStart = skip(SPACES, text, 0);
  const nameEnd = skip(IDENTIFIER, text, nameStart);
  if (nameEnd === nameStart) return failure("expected a package name", nameStart);
  const extrasStart = skip(SPACES, text, nameEnd);
  const extras = parseExtras(text, extrasStart);
  if (isFailure(extras)) return extras;
  const rest = skip(SPACES, text, extras.end);
  const target = text[rest] === "@" ? parseUrl(text, rest + 1) : parseConstraint(text, rest);
  if (isFailure(target)) return target;
  const marker = parseTail(text, target.end, target.expected);
  if (isFailure(marker)) return marker;
  return {
    name: text.slice(nameStart, nameEnd),
    extras: extras.names,
    specifier: target.specifier,
    url: target.url,
    marker: marker.marker,
    slices: {
      name: { start: nameStart, end: nameEnd },
      extras: extras.end === extrasStart ? null : { start: extrasStart, end: extras.end },
      specifier: target.url === null ? target.slice : null,
      url: target.url === null ? null : target.slice,
      marker: marker.slice,
    },
  };
}

/** The requirement as `packaging` prints it: the name and extras as written, the rest in normal form. */
export function printRequirement(requirement: Requirement): string {
  const { name, extras, specifier, url, marker } = requirement;
  const parts = [name];
  if (extras.length > 0) parts.push(`[${extras.join(",")}]`);
  parts.push(printSpecifierSet(specifier));
  if (url !== null) parts.push(` @ ${url}`, marker === null ? "" : " ");
  if (marker !== null) parts.push(`; ${printMarker(marker)}`);
  return parts.join("");
}

const NO_EXTRAS: readonly string[] = [];

function parseExtras(
  text: string,
  start: number,
): { readonly names: readonly string[]; readonly end: number } | ParseFailure {
  if (text[start] !== "[") return { names: NO_EXTRAS, end: start };
  const names = new Set<string>();
  let position = skip(SPACES, text, start + 1);
  for (;;) {
    const end = skip(IDENTIFIER, text, position);
    if (end === position && names.size > 0)
      return failure("expected an extra after the comma", position);
    if (end > position) names.add(text.slice(position, end));
    position = skip(SPACES, text, end);
    if (text[position] !== "," || names.size === 0) break;
    position = skip(SPACES, text, position + 1);
  }
  if (text[position] !== "]") return failure("expected a comma or ] in the extras", position);
  return { names: [...names].sort(), end: position + 1 };
}

/** What stands between the name and the marker: a URL or version specifiers. */
interface Target {
  readonly specifier: SpecifierSet;
  readonly url: string | null;
  readonly slice: Slice | null;
  readonly end: number;
  /** What could have followed, for the message where something else does. */
  readonly expected: string;
}

function parseUrl(text: string, afterAt: number): Target | ParseFailure {
  const start = skip(SPACES, text, afterAt);
  const end = skip(URL, text, start);
  if (end === start) return failure("expected a URL after @", start);
  const url = text.slice(start, end);
  // Without white space before it a `;` would be part of the URL, so here there is some.
  const expected = "a semicolon (after the URL and white space)";
  return { specifier: [], url, slice: { start, end }, end: skip(SPACES, text, end), expected };
}

function parseConstraint(text: string, start: number): Target | ParseFailure {
  const open = text[start] === "(";
  const first = skip(SPACES, text, open ? start + 1 : start);
  const last = specifiersEnd(text, first);
  if (isFailure(last)) return last;
  const specifier = parseSpecifiers(text, first, last);
  if (isFailure(specifier)) return specifier;
  let end = skip(SPACES, text, last);
  if (open) {
    if (text[end] !== ")") return failure("expected a comma or ) in the version specifiers", end);
    end = skip(SPACES, text, end + 1);
  }
  const found = specifier.length > 0;
  return {
    specifier,
    url: null,
    slice: found ? { start: first, end: specifier.at(-1)!.end } : null,
    end,
    expected: found ? "a comma or a semicolon" : "a version specifier, @ or a semicolon",
  };
}

/** Where the version specifiers that begin at `start` end, a comma after them included. */
function specifiersEnd(text: string, start: number): number | ParseFailure {
  let position = start;
  for (;;) {
    const end = skip(text.startsWith("===", position) ? ARBITRARY : SPECIFIER, text, position);
    if (end === position) return position;
    if (skip(PREFIX_TRAIL, text, end) > end) {
      return failure(".* may only follow the release number after == or !=", end);
    }
    if (skip(LOCAL_TRAIL, text, end) > end) {
      return failure("a local version label may only follow == or !=", end);
    }
    const comma = skip(SPACES, text, end);
    if (text[comma] !== ",") return end;
    position = skip(SPACES, text, comma + 1);
  }
}

function parseTail(
  text: string,
  start: number,
  expected: string,
): { readonly marker: Marker | null; readonly slice: Slice | null } | ParseFailure {
  if (start === text.length) return { marker: null, slice: null };
  if (text[start] !== ";") return failure(`expected ${expected} or the end`, start);
  const first = skip(SPACES, text, start + 1);
  const read = parseMarkerAt(text, first);
  if (isFailure(read)) return read;
  if (read.end !== text.length)
    return failure("expected 'and', 'or' or the end of the marker", read.end);
  let end = read.end;
  while (text[end - 1] === " " || text[end - 1] === "\t") end--;
  return { marker: read.marker, slice: { start: first, end } };
}

function failure(message: string, offset: number): ParseFailure {
  return { message, offset };
}

/** Where what `rule` matches at `start` ends; `start` itself where it does not match. */
function skip(rule: RegExp, text: string, start: number): number {
  rule.lastIndex = start;
  return rule.test(text) ? rule.lastIndex : start;
}
