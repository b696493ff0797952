import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decode } from "../requirements/readers/decode.ts";

/** A source's text as the readers see it; "" where it cannot be read (any more). */
export function sourceText(root: string, path: string): string {
  try {
    return decode(readFileSync(join(root, ...path.split("/")))).text;
  } catch {
    return "";
  }
}
