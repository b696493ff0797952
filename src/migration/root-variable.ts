import type { OuterVariable } from "./shell/job.ts";

/** A variable that whoever starts the shell sets to the absolute path of a folder (`` is the root). */
export function rootVariable(name: string, folder: string): OuterVariable {
  const text = `$(git rev-parse --show-toplevel)${folder === "" ? "" : `/${folder}`}`;
  const offsets = Array.from({ length: text.length + 1 }, () => 0);
  return { name, value: { text, offsets, escape: (one) => one } };
}
