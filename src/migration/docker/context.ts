import type { FinderInput } from "../input.ts";
import { ancestors, folderOf } from "../shell/paths.ts";
import { type Uses, usesIn } from "./uses.ts";

/**
 * Which folder a Dockerfile is built from, by the files that it copies and installs: its own folder,
 * one above, or the root; of those that fit alike the nearest, beside which its files lie.
 */
export function contextOf(
  path: string,
  text: string,
  input: FinderInput,
): { readonly uses: Uses; readonly candidates: readonly string[] } {
  const candidates = ancestors(folderOf(path));
  const seen = candidates.map((context) => usesIn(text, context, input));
  const score = ({ there, missing }: Uses) => there - missing;
  const best = Math.max(...seen.map(score));
  return { uses: seen.find((uses) => score(uses) === best)!, candidates };
}
