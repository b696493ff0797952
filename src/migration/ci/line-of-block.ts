import type { YamlText } from "../formats/yaml-text.ts";
import type { Insertion } from "./job.ts";

/** A place for one more line at the top of a literal block; null for a text of another style. */
export function lineOfBlock(text: string, scalar: YamlText, folder: string): Insertion | null {
  if (scalar.type !== "BLOCK_LITERAL") return null;
  const [start, end] = scalar.range;
  const found = /^[^\n]*\n((?:[ \t]*\r?\n)*)([ \t]*)\S/.exec(text.slice(start, end));
  if (found === null) return null;
  const at = start + found[0].length - 1;
  const indent = found[2]!;
  return { at, folder, text: (command) => `${command}\n${indent}` };
}
