import type { FinderInput } from "../input.ts";
import type { Site } from "../site.ts";

const SHELLS = /^#!\s*\S*?(?:\/env\s+(?:-\S+\s+)*)?\b(?:ba|z|k|da|a)?sh\b/;

/** Whether a file's first line names a shell. */
export function isShellScript(text: string): boolean {
  return SHELLS.test(text.slice(0, 200));
}

/** The call sites of a shell script. */
export function findInScript(_path: string, _text: string, _input: FinderInput): readonly Site[] {
  return [];
}
