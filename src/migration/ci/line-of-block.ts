import type { YamlText } from "../formats/yaml-text.ts";
import type { Insertion } from "./job.ts";

/**
 * A place for one more command at the top of a text: a line of a literal block, or before a single
 * command. Null where it would change what the others do.
 */
export function lineOfBlock(text: string, scalar: YamlText, folder: string): Insertion | null {
  if (scalar.type !== "BLOCK_LITERAL") return beforeCommand(text, scalar, folder);
  const [start, end] = scalar.range;
  const found = /^[^\n]*\n((?:[ \t]*\r?\n)*)([ \t]*)\S/.exec(text.slice(start, end));
  if (found === null) return null;
  const at = start + found[0].length - 1;
  const indent = found[2]!;
  return { at, folder, text: (command) => `${command}\n${indent}` };
}

function beforeCommand(text: string, scalar: YamlText, folder: string): Insertion | null {
  const { value, range, type } = scalar;
  if (type === "BLOCK_FOLDED" || /[\n;|]|(^|[^&])&([^&]|$)/.test(value)) return null;
  const at = range[0] + (type === "PLAIN" ? 0 : 1);
  if (text.slice(at, at + 3) !== value.slice(0, 3)) return null;
  return { at, folder, text: (command) => `${command} && ` };
}
