import { lstatSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { callSiteKind } from "../monorepo/call-site-files.ts";
import { isPython, mayBeShellScript, nameOf } from "../monorepo/interest.ts";
import type { Scan } from "../monorepo/scan.ts";
import { readState } from "../plan/file-state.ts";
import type { FileState } from "../plan/plan.ts";
import { decode } from "../requirements/readers/decode.ts";

/** A file that may hold call sites, its bytes and its text. */
export interface CallSiteText {
  readonly path: string;
  readonly text: string;
  readonly state: FileState;
}

/** In bytes: what people write is smaller by far. */
const LARGEST = 2_000_000;

/**
 * The files that may hold call sites, by path: those whose name or first line says so, package
 * metadata, and Python code that speaks of running Python. Nothing of build/python is among them.
 */
export async function callSiteTexts(
  root: string,
  { callSiteFiles, walk }: Scan,
  tree: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<CallSiteText[]> {
  const named = new Set(callSiteFiles.map(({ path }) => path));
  const paths = [...new Set([...named, ...walk.files, ...tree])].sort();
  const found: CallSiteText[] = [];
  for (const path of paths) {
    if (path.startsWith("build/python/") || !(named.has(path) || mayHold(path))) continue;
    signal?.throwIfAborted();
    const file = await read(root, path);
    if (file !== null && (named.has(path) || speaksOfRunning(path, file.text))) found.push(file);
  }
  return found;
}

function mayHold(path: string): boolean {
  return (
    callSiteKind(path) !== null ||
    METADATA.has(nameOf(path)) ||
    isPython(path) ||
    mayBeShellScript(path)
  );
}

const METADATA = new Set(["pyproject.toml", "setup.cfg", "Pipfile"]);

/** Whether a file that is no call-site file by its name is worth a look. */
function speaksOfRunning(path: string, text: string): boolean {
  if (callSiteKind(path) !== null || METADATA.has(nameOf(path))) return true;
  if (isPython(path)) return /python|\bpip|venv|requirements|\.txt/i.test(text);
  return /^#!.*\b(python|sh|bash|dash|zsh|ksh)/.test(text);
}

async function read(root: string, path: string): Promise<CallSiteText | null> {
  const absolute = join(root, ...path.split("/"));
  try {
    // What a link leads to is met by its own name, and edited once.
    const found = lstatSync(absolute);
    const state = found.isFile() && found.size <= LARGEST ? await readState(absolute) : null;
    // A NUL is no text, but in UTF-16 every second byte may be one.
    if (state === null) return null;
    const { text } = decode(state.bytes);
    return text.includes("\0") ? null : { path, text, state };
  } catch {
    return null;
  }
}

/** Reads further files of the tree, each once; null where one cannot be read. */
export function reader(
  root: string,
  texts: readonly CallSiteText[],
): (path: string) => string | null {
  const known = new Map<string, string | null>(texts.map(({ path, text }) => [path, text]));
  return (path) => {
    const found = known.get(path);
    if (found !== undefined) return found;
    const text = textAt(join(root, ...path.split("/")));
    known.set(path, text);
    return text;
  };
}

function textAt(absolute: string): string | null {
  try {
    const state = statSync(absolute);
    return state.isFile() && state.size <= LARGEST ? decode(readFileSync(absolute)).text : null;
  } catch {
    return null;
  }
}
