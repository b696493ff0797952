import type { OuterVariable } from "./shell/job.ts";

/** A variable that whoever starts the shell sets to the absolute path of a folder (`` is the root). */
export function rootVariable(name: string, folder: string): OuterVariable {
  return givenVariable(
    name,
    `$(git rev-parse --show-toplevel)${folder === "" ? "" : `/${folder}`}`,
  );
}

/** A variable that is set where nothing is edited, with its value as shell text. */
export function givenVariable(name: string, text: string): OuterVariable {
  const offsets = Array.from({ length: text.length + 1 }, () => 0);
  return { name, value: { text, offsets, escape: (one) => one } };
}
