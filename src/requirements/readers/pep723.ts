import type { Located, Reading } from "../declaration.ts";
import { noFindings, reading } from "./findings.ts";
import { lineStarts, spanOf } from "./text.ts";
import { readToml, type TomlFile, under } from "./toml.ts";
import { pythonUnder, readList } from "./toml-strings.ts";
import { readUv, uvLinks } from "./uv.ts";

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Block {
  /** The lines between `# /// script` and `# ///`. */
  readonly content: readonly Line[];
  readonly opening: Line;
}

/** Whether a Python text holds a `# /// script` block (PEP 723). */
export function hasScriptBlock(text: string): boolean {
  return text.includes("# /// script") && scriptBlocks(text).length > 0;
}

/**
 * Reads the dependencies that a Python script declares in itself (PEP 723). Two blocks are an
 * error, so that none of them is read. Never throws.
 */
export function readScript(file: string, text: string): Reading {
  const [block, second] = scriptBlocks(text);
  const found = noFindings();
  if (block === undefined) return reading(file, "pep723", found);
  if (second !== undefined) {
    const { start, end, text: raw } = second.opening;
    const span = spanOf(lineStarts(text), start, end);
    found.notUnderstood.push({ span, raw, reason: "a second script block: PEP 723 allows one" });
    return reading(file, "pep723", found);
  }
  const toml = withOriginalText(readToml(file, masked(text, block)), text);
  const linkFor = uvLinks(toml);
  readList(toml, under(toml.root, "dependencies"), { kind: "script", name: null }, linkFor);
  readUv(toml, linkFor);
  return reading(file, "pep723", toml.found, {
    name: null,
    version: null,
    requiresPython: pythonUnder(toml, "requires-python"),
  });
}

/** Every block of the type `script`. The last `# ///` of the comment lines that follow ends it. */
function scriptBlocks(text: string): Block[] {
  const lines = linesOf(text);
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const type = /^# \/\/\/ ([a-zA-Z0-9-]+)$/.exec(lines[at]!.text)?.[1];
    if (type === undefined) continue;
    let last = -1;
    for (let next = at + 1; next < lines.length && /^#( |$)/.test(lines[next]!.text); next++) {
      if (next > at + 1 && lines[next]!.text === "# ///") last = next;
    }
    if (last < 0) continue;
    if (type === "script") blocks.push({ content: lines.slice(at + 1, last), opening: lines[at]! });
    at = last;
  }
  return blocks;
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const found of text.matchAll(/\r\n|\r|\n/g)) {
    lines.push({ start, end: found.index, text: text.slice(start, found.index) });
    start = found.index + found[0].length;
  }
  lines.push({ start, end: text.length, text: text.slice(start) });
  return lines;
}

/** The block's TOML with everything around it blanked, so that its offsets are those of the file. */
function masked(text: string, block: Block): string {
  const first = block.content[0]!;
  const last = block.content.at(-1)!;
  const before = text.slice(0, first.start).replace(/[^\r\n]/g, " ");
  const inside = text
    .slice(first.start, last.end)
    .replace(/^#( |$)/gm, (mark) => " ".repeat(mark.length));
  return before + inside;
}

function withOriginalText(toml: TomlFile, text: string): TomlFile {
  const place: TomlFile["place"] = (at) => ({
    ...toml.place(at),
    raw: text.slice(at.start, at.end),
  });
  const problems = toml.found.notUnderstood.map((one) => ({ ...one, raw: rawOf(text, one.span) }));
  return { ...toml, found: { ...toml.found, notUnderstood: problems }, place };
}

function rawOf(text: string, span: Located["span"]): string {
  const starts = lineStarts(text);
  const start = starts[span.line - 1]! + span.column - 1;
  return text.slice(start, starts[span.endLine - 1]! + span.endColumn - 1);
}
