import { withoutSecrets } from "../requirements/secret.ts";
import type { Site } from "./site.ts";

/** Gives the sites of one file their ids and lines. */
export interface Places {
  /** Where a site at this offset stands. The second of a line gets `#2`: ask once a site, in order. */
  readonly at: (offset: number) => Pick<Site, "id" | "path" | "line" | "column" | "text">;
  /** The line of an offset, from 1. */
  readonly lineOf: (offset: number) => number;
}

/** The places of a file: `path` relative to the root, `text` the whole of it. */
export function placesOf(path: string, text: string): Places {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const seen = new Map<number, number>();
  const lineOf = (offset: number): number => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
  return {
    lineOf,
    at: (offset) => {
      const line = lineOf(offset);
      const nth = (seen.get(line) ?? 0) + 1;
      seen.set(line, nth);
      const start = starts[line - 1]!;
      return {
        id: nth === 1 ? `${path}:${line}` : `${path}:${line}#${nth}`,
        path,
        line,
        column: offset - start + 1,
        text: withoutSecrets(text.slice(start, starts[line] ?? text.length).trim()),
      };
    },
  };
}
