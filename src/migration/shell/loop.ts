import type { Word } from "unbash";
import type { FinderInput } from "../input.ts";
import { evaluate, type Scope } from "./evaluate.ts";
import { joined } from "./paths.ts";
import { folderAt } from "./place.ts";
import { either, unknown, type Value } from "./value.ts";

/** What the variable of a loop goes through. */
export function loopValues(words: readonly Word[], scope: Scope, input: FinderInput): Value {
  const values = words.map((word) => {
    const value = evaluate(word, scope);
    const globs = word.parts?.some(({ type }) => type === "Glob") ?? false;
    return globs ? foldersLike(value, scope, input) : value;
  });
  const [first, ...more] = values;
  return first === undefined ? unknown : more.reduce(either, first);
}

/** The folders of the repository that a pattern such as `services/*` names. */
function foldersLike({ texts }: Value, { place }: Scope, { folders }: FinderInput): Value {
  const [pattern] = texts;
  const at = folderAt(place);
  if (pattern === undefined || at === null || !/^[\w./*-]+$/.test(pattern)) return unknown;
  const whole = joined(at, pattern);
  if (whole === null) return unknown;
  const like = new RegExp(
    `^${whole.replace(/[.+^${}()|[\]\\?]/g, "\\$&").replaceAll("*", "[^/.][^/]*")}$`,
  );
  const prefix = at === "" ? 0 : at.length + 1;
  const found = [...folders].filter((folder) => like.test(folder));
  if (found.length === 0 || found.length > 24) return unknown;
  return { texts: found.map((folder) => folder.slice(prefix)), open: false };
}
