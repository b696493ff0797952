import type { FinderInput } from "../input.ts";
import { type Draft, draft, offsetOf, type Step } from "./draft.ts";
import { environmentAt, isEnvironment } from "./environment.ts";
import { CENTRAL } from "./paths.ts";
import { startPlace } from "./place.ts";
import { nameAt } from "./unwrap.ts";
import { locations, only } from "./value.ts";

/**
 * `rm -rf` of what must not follow or be: a folder that holds build/python, or an environment that
 * goes where setup.py makes the venv. `making` are the flows that do. Null for all else.
 */
export function deletionDraft(
  { ran }: Step,
  making: ReadonlySet<unknown>,
  input: FinderInput,
  made: ReadonlySet<string>,
): Draft | null {
  if (ran.form !== "command" || nameAt(ran.words, ran.main) !== "rm") return null;
  const args = ran.words.slice(ran.main + 1);
  if (!args.some(({ word }) => /^-[a-zA-Z]*[rR]|^--recursive$/.test(word.text))) return null;
  const targets = args.filter(({ word }) => !word.text.startsWith("-"));
  const at = offsetOf(ran);
  const deletes = targets.some(({ value }) =>
    value.texts.some((text) => {
      // Where it is not known where it runs, it may be the root.
      const place = ran.place.pairs.length > 0 ? ran.place : startPlace([""]);
      return locations(text.replace(/\/\*?$/, ""), place).some(
        ({ path }) => path === CENTRAL || path === "build",
      );
    }),
  );
  if (deletes) return draft(ran.node, at, "report", DELETES);
  if (!making.has(ran.spot.list.flow)) return null;
  const renews = targets.some(({ value }) => {
    const text = only(value);
    return (
      text !== null && text !== "" && isEnvironment(environmentAt(text, ran.place), input, made)
    );
  });
  return renews ? draft(ran.node, at, "report", RENEWS) : null;
}

const DELETES =
  "It would delete build/python: the central requirements, the runner and the venv. Delete what it means by name.";
const RENEWS = "setup.py mends a broken venv by itself: this line is no longer needed.";
