import type { ShellJob } from "./job.ts";
import type { Variables } from "./known-variables.ts";
import type { Ran, Said } from "./model.ts";
import { folderOf, joined, relativeTo } from "./paths.ts";
import { folderAt } from "./place.ts";
import { HERE, only, ROOT } from "./value.ts";

/** How a file of the repository is named where a command runs. */
export interface Named {
  readonly text: string;
  /** Why that is no certainty; null where it is one. */
  readonly doubt: string | null;
}

/** What else may tell where the root is: the words that stand near. */
export interface Hints {
  readonly words: readonly Said[];
  /** The folders that are there: only they are named by a variable. */
  readonly folders: ReadonlySet<string>;
}

/** Which variables may name a folder. */
export interface Anchoring {
  readonly folders: ReadonlySet<string>;
  /** The shell is still where it started: what holds `$(dirname "$0")` is right. */
  readonly still: boolean;
}

/** Names a file of the repository (from the root) where a command runs; null where nothing can. */
export function pathFor(
  target: string,
  ran: Ran,
  job: ShellJob,
  { words, folders }: Hints,
): Named | null {
  const { place } = ran;
  const folder = folderAt(place);
  if (folder !== null && !place.varied) {
    const absent = folders.has(folder) ? null : `${folder} is no folder of the repository.`;
    return { text: bare(relativeTo(folder, target)), doubt: absent };
  }
  const anchoring = { folders, still: !place.moved };
  const variable =
    ran.quoted === "single"
      ? null
      : (anchorIn(words, ran, anchoring) ?? anchorOf(ran.variables, anchoring));
  if (variable !== null) return { text: within(variable, target), doubt: null };
  const varied = place.varied && place.pairs.length > 0;
  const doubt = varied ? "Its directory is a variable." : UNKNOWN_PLACE;
  const [first, ...others] = place.pairs.map((pair) => relativeTo(pair.folder, target));
  const same = first !== undefined && others.every((other) => other === first);
  if (same && !varied) return { text: bare(first), doubt: null };
  if (job.anchor !== null) return { text: within(job.anchor, target), doubt };
  if (same) return { text: bare(first), doubt };
  if (!job.script || place.moved || ran.quoted !== null) return null;
  return { text: within(scriptFolder(job), target), doubt };
}

const UNKNOWN_PLACE =
  "Where it runs is not known: the runner is named from the script's own place.";

/** A path as a word of the shell. */
export function bare(path: string): string {
  return /^[\w./+@%:,-]+$/.test(path) ? path : `"${path.replace(/["$`\\]/g, "\\$&")}"`;
}

interface AnchorText {
  readonly text: string;
  readonly folder: string;
}

function within({ text, folder }: AnchorText, target: string): string {
  return `"${text}/${relativeTo(folder, target)}"`;
}

/** A variable at the head of one of these words that holds an absolute path of the repository. */
function anchorIn(
  words: readonly Said[],
  { variables }: Ran,
  anchoring: Anchoring,
): AnchorText | null {
  for (const said of words) {
    const anchor =
      anchorOfText(said.word.text, variables, anchoring) ?? anchorOfExpansion(said, anchoring);
    if (anchor !== null) return anchor;
  }
  return null;
}

/** `$(dirname "$0")` at the head of a word: as right as the word itself is. */
function anchorOfExpansion(
  { word, value }: Said,
  { folders, still }: Anchoring,
): AnchorText | null {
  const found =
    /^"?(\$\((?:[^()]|\([^()]*\))*\)|\$\{(?:BASH_SOURCE|0)%\/\*\})"?(\/[\w./-]+)"?$/.exec(
      word.text,
    );
  const text = only(value);
  if (found === null || text === null || !text.endsWith(found[2]!)) return null;
  const before = text.slice(0, text.length - found[2]!.length);
  if (before[0] !== ROOT && !(still && before[0] === HERE)) return null;
  const folder = joined("", before.slice(1));
  return folder !== null && folders.has(folder) ? { text: found[1]!, folder } : null;
}

/** The variable at the head of a text, where it holds an absolute path of the repository. */
export function anchorOfText(
  text: string,
  variables: Variables,
  anchoring: Anchoring,
): AnchorText | null {
  const found = /^"?(\$(?:(\w+)|\{(\w+)\}))(?=["/])/.exec(text);
  const anchor = found === null ? null : asAnchor((found[2] ?? found[3])!, variables, anchoring);
  return anchor && { text: found![1]!, folder: anchor.folder };
}

/** Any variable that holds an absolute path of the repository. */
export function anchorOf(variables: Variables, anchoring: Anchoring): AnchorText | null {
  for (const name of variables.keys()) {
    const anchor = asAnchor(name, variables, anchoring);
    if (anchor !== null) return anchor;
  }
  return null;
}

function asAnchor(name: string, variables: Variables, anchoring: Anchoring): AnchorText | null {
  const found = variables.get(name);
  if (found === undefined || found.outer || found.value.open) return null;
  const text = only(found.value);
  const marks = anchoring.still ? [ROOT, HERE] : [ROOT];
  if (text === null || !marks.includes(text[0]!)) return null;
  const folder = joined("", text.slice(1));
  return folder !== null && anchoring.folders.has(folder) ? { text: `$${name}`, folder } : null;
}

/** The folder of a script, as its own text names it. */
function scriptFolder({ path, file }: ShellJob): AnchorText {
  const bash = /^#!.*\bbash\b/.test(file) || /\.(bash|bats)$/.test(path);
  return {
    text: bash ? '$(dirname "${BASH_SOURCE[0]}")' : '$(dirname "$0")',
    folder: folderOf(path),
  };
}
