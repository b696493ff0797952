/**
 * Sources that are each other's alternatives by their names: oldest and latest, min and max, cpu and
 * gpu. No venv is meant to hold both, so a clash between them asks which one is kept.
 */
/** What a file's name says that it is a variant of. */
interface Variant {
  readonly word: string;
  readonly axis: Axis;
  /** The path with the words of the axis taken for one another: the same for all alternatives. */
  readonly stem: string;
  /** The path without the word, where the file's own name holds it: the plain file beside it. */
  readonly plain: string | null;
}

type Axis = "age" | "hardware";

const OLD = "oldest|lowest|earliest|minimum|minimal-versions|min-versions?|minver|mindeps|min";
const NEW = "newest|highest|latest|maximum|max";
const HARDWARE =
  "(?:no-?)?(?:cpu|gpu)(?:-?only)?|cuda(?:\\d+(?:\\.\\d+)*)?|cu\\d{2,3}|rocm(?:\\d+(?:\\.\\d+)*)?|mps|tpu|hpu|xpu|npu";
const WORDS: Record<Axis, RegExp> = {
  age: ofWords(`${OLD}|${NEW}`),
  hardware: ofWords(HARDWARE),
};
const IS_OLD = new RegExp(`^(?:${OLD})$`);

/** The word where letters and digits end on both sides. */
function ofWords(words: string): RegExp {
  return new RegExp(`(?<![a-z0-9])(?:${words})(?![a-z0-9])`, "gi");
}

function variantOf(path: string): Variant | null {
  for (const axis of ["hardware", "age"] as const) {
    const word = path.match(WORDS[axis])?.at(-1)?.toLowerCase();
    if (word === undefined) continue;
    const stem = path.replace(WORDS[axis], "*");
    const plain = stem.replace(/[-_.]\*(?=[^/]*$)|(?<=\/|^)\*[-_.](?=[^/]*$)/, "");
    return { word, axis, stem, plain: plain.includes("*") ? null : plain };
  }
  return null;
}

/** A source; without a project it is nobody's, such as a file of constraints. */
interface Named {
  readonly path: string;
  readonly project: string | null;
}

/** Whether two sources stand in for one another by their names alone: `req-cpu.txt`, `req-gpu.txt`. */
export function areTwins(one: Named, other: Named): boolean {
  const [a, b] = [variantOf(one.path), variantOf(other.path)];
  if (a && b) return a.axis === b.axis && a.stem === b.stem && a.word !== b.word;
  return (a?.plain ?? b?.plain) === (a ? other.path : one.path);
}

/** Twins; and the oldest versions, which are for a test of their own, beside all of their project. */
export function areAlternatives(one: Named, other: Named): boolean {
  if (areTwins(one, other)) return true;
  const sameProject = one.project !== null && one.project === other.project;
  return sameProject && isOldest(one.path) !== isOldest(other.path);
}

export function isOldest(path: string): boolean {
  return IS_OLD.test(variantOf(path)?.word ?? "");
}

/** Whether a path names a variant at all. */
export function isVariant(path: string): boolean {
  return variantOf(path) !== null;
}

/** Why a source gives way to its alternative, as decisions.json keeps it. */
export function alternativeReason(out: string, kept: string): string {
  const word = variantOf(out)?.word;
  return `${word === undefined ? "" : `the ${word} variant: `}an alternative to ${kept}`;
}

/** The order in which alternatives are offered: the newest versions, and what runs everywhere. */
export function preference(path: string): number {
  const word = variantOf(path)?.word;
  if (word === undefined) return 1;
  if (isOldest(path)) return 4;
  if (word.startsWith("cpu")) return 2;
  return variantOf(path)!.axis === "age" ? 0 : 3;
}
