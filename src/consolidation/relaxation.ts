import semver from "semver";
import { printReduced } from "../requirements/reduce.ts";
import type { Specifier, SpecifierSet } from "../requirements/specifier.ts";
import { parseVersion } from "../requirements/version.ts";

/** How far a version lies from another, as `semver` names it. */
export type BumpSize = "patch" | "minor" | "major";

/** A wider specifier, the smaller widenings first. */
export interface Loosening {
  readonly specifier: string;
  readonly size: BumpSize;
}

/**
 * Wider specifiers to try for one that clashes, by how much they give way: the same minor series,
 * the same major series, then anything. Upwards before both ways: newer releases are more often
 * what the other side waits for.
 */
export function loosenings(set: SpecifierSet): Loosening[] {
  const pin = pinOf(set);
  if (pin !== null) return pinLoosenings(pin);
  const lower = set.filter(({ operator }) => [">=", ">", "~="].includes(operator)).map(openAbove);
  const upper = set.filter(({ operator }) => ["<=", "<"].includes(operator));
  const wider = [lower, upper, []].map((part) => printReduced(part));
  const now = printReduced(set);
  return [...new Set(wider)]
    .filter((text) => text !== now)
    .map((specifier) => ({ specifier, size: "major" }));
}

/** The one version that a set asks for, or null. */
export function pinOf(set: SpecifierSet): string | null {
  const pin = set.find(({ operator, version }) => operator === "==" && !version.endsWith(".*"));
  return pin?.version ?? null;
}

function openAbove(one: Specifier): Specifier {
  return one.operator === "~=" ? { ...one, operator: ">=" } : one;
}

function pinLoosenings(version: string): Loosening[] {
  const [major = 0, minor = 0] = (parseVersion(version)?.release ?? []).map(Number);
  return [
    { specifier: `>=${version},<${major}.${minor + 1}`, size: "patch" },
    { specifier: `==${major}.${minor}.*`, size: "patch" },
    { specifier: `>=${version},<${major + 1}`, size: "minor" },
    { specifier: `==${major}.*`, size: "minor" },
    { specifier: `>=${version}`, size: "major" },
    { specifier: "", size: "major" },
  ];
}

/** The size of the step from a version that was asked for to the one that is had. */
export function bumpSize(asked: string, had: string): BumpSize {
  const [from, to] = [semver.coerce(asked), semver.coerce(had)];
  const difference = from && to ? semver.diff(from, to) : "major";
  if (difference === "patch" || difference === null) return "patch";
  return difference === "minor" ? "minor" : "major";
}

export const SIZES: readonly BumpSize[] = ["patch", "minor", "major"];
