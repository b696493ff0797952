import type { Metadata, Reading, Span } from "../requirements/declaration.ts";
import { type Compiled, compiledFrom } from "../requirements/readers/compiled.ts";
import { decode } from "../requirements/readers/decode.ts";
import { hasScriptBlock } from "../requirements/readers/pep723.ts";
import { readSource } from "../requirements/readers/read.ts";
import { formatOf, looksLikeRequirements } from "../requirements/readers/recognise.ts";
import { isPython, nameOf } from "./interest.ts";
import { mainBlocks } from "./main-block.ts";

/** What one file says by itself, whatever other files say of it. */
export interface FileFacts {
  /** Relative to the root, with `/`. */
  readonly path: string;
  /** What it declares; null where it is no source, or could not be read. */
  readonly reading: Reading | null;
  /** What package metadata says, also where it declares nothing. */
  readonly metadata: Metadata | null;
  /** Whether name and content make it a source, without another one that names it. */
  readonly standsAlone: boolean;
  /** Which of the local paths that its declarations may mean exist, relative to the root. */
  readonly localPaths: readonly string[];
  /** What it says of the files that it was compiled from; null where it was not. */
  readonly compiled: Compiled | null;
  /** Whether its head says that One Venv exported it from the lock. */
  readonly exported: boolean;
  /** Where its `__main__` blocks are, in a Python file. */
  readonly mainBlocks: readonly Span[];
  /** Whether its first line names a shell. */
  readonly shell: boolean;
  /** The path of the file that this path is another name of, through symbolic links; else null. */
  readonly aliasOf: string | null;
  /** Why it could not be read; null where it was. */
  readonly reason: string | null;
}

/** The facts of a file that says nothing. */
export const NOTHING: Omit<FileFacts, "path"> = {
  reading: null,
  metadata: null,
  standsAlone: false,
  localPaths: [],
  compiled: null,
  exported: false,
  mainBlocks: [],
  shell: false,
  aliasOf: null,
  reason: null,
};

/**
 * What a file's bytes say; null where that is nothing worth keeping. `asSource`: another source
 * names it, so that it is one whatever it looks like.
 */
export function judge(path: string, bytes: Uint8Array, asSource: boolean): FileFacts | null {
  const facts = { ...NOTHING, path, ...asDeclaring(path, bytes), ...asScript(path, bytes) };
  if (asSource) {
    facts.reading ??= readSource(path, bytes);
    facts.standsAlone = false;
  }
  const said =
    facts.reading ?? facts.metadata ?? (facts.shell || facts.mainBlocks.length > 0 ? facts : null);
  return said === null ? null : facts;
}

/** What it says of dependencies. */
function asDeclaring(path: string, bytes: Uint8Array): Partial<FileFacts> {
  const format = formatOf(path);
  if (format === "maybe requirements") return asRequirements(path, bytes);
  if (format === null && !isScriptWithBlock(path, bytes)) return {};
  const reading = readSource(path, bytes);
  const { metadata } = reading;
  if (!declares(reading)) return metadata?.name ? { metadata } : {};
  return { reading, metadata, standsAlone: true };
}

function asRequirements(path: string, bytes: Uint8Array): Partial<FileFacts> {
  const { text } = decode(bytes);
  if (DERIVED.test(path) && KEPT.test(text.slice(0, 2000))) return {};
  const exported = EXPORTED.test(text.slice(0, 2000));
  // A lock is nobody's declaration; only what One Venv exported is listed.
  if (path.endsWith(".lock") && !exported) return {};
  const reading = readSource(path, bytes);
  const plain = isTelling(reading) && reading.notUnderstood.length + reading.notes.length === 0;
  if (!plain && !looksLikeRequirements(text)) return {};
  if (!CLEAR.test(path) && !(isTelling(reading) && isMostlyUnderstood(reading))) return {};
  return { reading, standsAlone: true, compiled: compiledFrom(path, text), exported };
}

/**
 * Names that speak of requirements. Others, as `packages.txt` and `Makefile.in`, may be for other
 * tools: there bare words are too little to tell.
 */
const CLEAR = new RegExp(
  [
    "requir(?!ed)[^/]*$",
    "(^|/)requirements?/",
    "(^|[-_./])constraints?[-_.\\d]*\\.[a-z]+$",
    "(^|[-_./])(reqs?|deps|dependencies)([-_./]|$)",
    // What people call the inputs of pip-compile.
    "(^|[-_./])(base|main|common|dev(elopment)?|tests?|testing|docs?|lint(ing)?|prod(uction)?|ci|typing|runtime)\\.in$",
  ].join("|"),
  "i",
);

/** What One Venv derives from the sources beside the central file must not be taken for one of them. */
const DERIVED = /^build\/python\/(?!requirements\.txt$)/;
const KEPT = /^#.*\bkept by One Venv\b/im;

/** The head that `setup.py export` writes. */
const EXPORTED = /^#.*\bexported by One Venv\b/im;

function isTelling({ declarations, references, options }: Reading): boolean {
  if (references.length + options.length > 0) return true;
  return declarations.some(({ specifier, link, marker }) => specifier !== "" || link || marker);
}

function isMostlyUnderstood({
  declarations,
  references,
  options,
  notUnderstood,
}: Reading): boolean {
  return notUnderstood.length < declarations.length + references.length + options.length;
}

/**
 * Whether a reading declares anything. What is needed to build only is information; a Pipfile and
 * a Conda environment file are there for nothing else, even when they are empty.
 */
function declares({ format, declarations, references, notUnderstood, notes }: Reading): boolean {
  if (format === "Pipfile") return true;
  if (format === "environment.yml" && notes.length > 0) return true;
  if (references.length + notUnderstood.length > 0) return true;
  return declarations.some(({ group }) => group.kind !== "build");
}

function isScriptWithBlock(path: string, bytes: Uint8Array): boolean {
  return isPython(path) && contains(bytes, "# /// script") && hasScriptBlock(decode(bytes).text);
}

/** What it says of running. */
function asScript(path: string, bytes: Uint8Array): Partial<FileFacts> {
  if (!isPython(path)) return nameOf(path).includes(".") ? {} : { shell: SHELL.test(head(bytes)) };
  return contains(bytes, "__main__") ? { mainBlocks: mainBlocks(decode(bytes).text) } : {};
}

const SHELL = /^#!.*\b(ba|da|z|k)?sh\b/;

function head(bytes: Uint8Array): string {
  return asBuffer(bytes).toString("latin1", 0, 128);
}

function contains(bytes: Uint8Array, text: string): boolean {
  return asBuffer(bytes).includes(text);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
