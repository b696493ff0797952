/** The parsers for tests: what cannot be read is an error that names the text. */
import { isFailure } from "../../src/requirements/failure.ts";
import { type Marker, parseMarker } from "../../src/requirements/marker.ts";
import { parseRequirement, type Requirement } from "../../src/requirements/requirement.ts";
import { parseSpecifierSet, type SpecifierSet } from "../../src/requirements/specifier.ts";
import { parseVersion, type Version } from "../../src/requirements/version.ts";

export function version(text: string): Version {
  const read = parseVersion(text);
  if (read === null) throw new Error(`no version: ${text}`);
  return read;
}

export function specifiers(text: string): SpecifierSet {
  return understood(text, parseSpecifierSet(text));
}

export function marker(text: string): Marker {
  return understood(text, parseMarker(text));
}

export function requirement(text: string): Requirement {
  return understood(text, parseRequirement(text));
}

function understood<T>(text: string, read: T): Exclude<T, { message: string }> {
  if (isFailure(read)) throw new Error(`${read.message} at ${read.offset}: ${text}`);
  return read as Exclude<T, { message: string }>;
}
