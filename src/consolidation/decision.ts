/**
 * What people chose, as `build/python/decisions.json` keeps it. A decision rests on what was
 * declared when it was made: it is asked again only when that changed.
 */
export interface Decision {
  /** Normalised name of the package. */
  readonly name: string;
  /** The platform marker of the line that was decided; null for the line without one. */
  readonly marker: string | null;
  readonly choice: Choice;
  /** The line that was chosen, without a comment; null where the package is left out. */
  readonly requirement: string | null;
  /** The declarations it rests on, `file: requirement`, sorted. */
  readonly declared: readonly string[];
  readonly reason: string | null;
}

export type Choice = "keep" | "highest" | "lowest" | "drop" | "own" | "edited" | "loosened";

/** A source or environment that a plan removed, so that its return is noticed. */
export interface Removal {
  readonly path: string;
  readonly project: string;
  /**
   * What it declared, by normalised name, and its options as the central file has them: there the
   * lines of the central file stand for it. Absent: everything that names the project.
   */
  readonly declares?: readonly string[];
}

/** A migration of call sites: lines that could have been rewritten, and were left. */
export interface Migration {
  readonly left: readonly { readonly path: string; readonly text: string }[];
}

export interface Decisions {
  readonly schema: 1;
  /** The base Python as major.minor, or null where none was chosen yet. */
  readonly python: string | null;
  readonly decisions: readonly Decision[];
  /** Sources that a person left out, with the reason. */
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[];
  /** Optional groups that a person asked for: `services/a[dev]`, or a script's path. */
  readonly included: readonly string[];
  /** Limits for building sdists, such as `setuptools<80`. */
  readonly buildConstraints: readonly string[];
  readonly removed: readonly Removal[];
  /** Absent until call sites were migrated; then those that a person left as they are. */
  readonly migration?: Migration;
  /**
   * The derived lines as they were written last, by name (and marker): a line of the central file
   * that differs was changed by hand, which is a decision.
   */
  readonly lines: Readonly<Record<string, string>>;
}

export const NO_DECISIONS: Decisions = {
  schema: 1,
  python: null,
  decisions: [],
  leftOut: [],
  included: [],
  buildConstraints: [],
  removed: [],
  lines: {},
};

/** Reads decisions.json. What is missing is empty; what is not valid is said, never thrown. */
export function readDecisions(text: string | null): Decisions | { readonly problem: string } {
  if (text === null || text.trim() === "") return NO_DECISIONS;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: `is not valid JSON (${(error as Error).message})` };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { problem: "is not a JSON object" };
  }
  const found = value as Partial<Decisions>;
  if (found.schema !== 1) {
    return { problem: `has schema ${String(found.schema)}; this One Venv knows schema 1` };
  }
  const lists = ["decisions", "leftOut", "included", "buildConstraints", "removed"] as const;
  const wrong = lists.find((key) => found[key] !== undefined && !Array.isArray(found[key]));
  if (wrong) return { problem: `has a "${wrong}" that is not a list` };
  return { ...NO_DECISIONS, ...found };
}

/** decisions.json, the same bytes for the same decisions on every platform. */
export function printDecisions(decisions: Decisions): string {
  const byName = [...decisions.decisions].sort((a, b) => compare(key(a), key(b)));
  const lines = Object.fromEntries(
    Object.entries(decisions.lines).sort(([a], [b]) => compare(a, b)),
  );
  return `${JSON.stringify({ ...decisions, decisions: byName, lines }, null, 2)}\n`;
}

/** Names one line of the central file: the package, and the platform where it has a marker. */
export function key(line: { readonly name: string; readonly marker: string | null }): string {
  return line.marker === null ? line.name : `${line.name}; ${line.marker}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The decision for a line that still rests on what is declared now, or null. */
export function standingDecision(
  decisions: Decisions,
  line: { readonly name: string; readonly marker: string | null },
  declared: readonly string[],
): Decision | null {
  const found = decisions.decisions.find((decision) => key(decision) === key(line));
  return found && sameList(found.declared, declared) ? found : null;
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
