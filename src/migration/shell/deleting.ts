import { type Draft, draft, offsetOf, type Step } from "./draft.ts";
import { CENTRAL } from "./paths.ts";
import { nameAt } from "./unwrap.ts";
import { locations } from "./value.ts";

/** `rm -rf build` would delete build/python; null for what does not. */
export function deletionDraft({ ran }: Step): Draft | null {
  if (nameAt(ran.words, ran.main) !== "rm") return null;
  const args = ran.words.slice(ran.main + 1);
  if (!args.some(({ word }) => /^-[a-zA-Z]*[rR]|^--recursive$/.test(word.text))) return null;
  const deletes = args.some(
    ({ word, value }) =>
      !word.text.startsWith("-") &&
      value.texts.some((text) =>
        locations(text.replace(/\/\*?$/, ""), ran.place).some(
          ({ path }) => path === CENTRAL || path === "build",
        ),
      ),
  );
  return deletes ? draft(ran.node, offsetOf(ran), "report", REASON) : null;
}

const REASON =
  "It would delete build/python: the central requirements, the runner and the venv. Delete what it means by name.";
