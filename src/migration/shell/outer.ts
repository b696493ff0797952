import { parse, type Word } from "unbash";
import { evaluate } from "./evaluate.ts";
import type { ShellJob } from "./job.ts";
import { type Definition, type Variable, Variables } from "./known-variables.ts";
import { startPlace } from "./place.ts";
import { concat, either, literal, type Value } from "./value.ts";

/** The variables that a file sets outside of its shell text, each by what the others are. */
export function outerVariables(job: ShellJob): Variables {
  const place = startPlace(job.parts[0]?.start ?? []);
  let known = Variables.none;
  // A chain such as PYTHON := $(VENV)/bin/python needs a round for each link.
  for (let round = 0; round < 4; round += 1) {
    const next = new Map<string, Variable>();
    for (const { name, value: fragment } of job.variables) {
      const scope = { variables: known, place, script: null };
      const value = wordsOf(fragment.text)
        .map((word) => evaluate(word, scope))
        .reduce<Value | null>(
          (all, one) => (all === null ? one : concat(concat(all, literal(" ")), one)),
          null,
        );
      const end = fragment.text.length;
      const definition: Definition = {
        name,
        fragment,
        start: 0,
        end,
        inside: false,
        value: value ?? literal(""),
        place,
        variables: known,
        part: null,
      };
      const before = next.get(name);
      next.set(name, {
        outer: true,
        value: before === undefined ? definition.value : either(before.value, definition.value),
        definitions: [...(before?.definitions ?? []), definition],
      });
    }
    known = Variables.none.with(next);
  }
  return known;
}

function wordsOf(text: string): readonly Word[] {
  const command = parse(text).commands[0]?.command;
  if (command?.type !== "Command") return [];
  const words = [command.name, ...command.args].filter(
    (word): word is Word => word?.type === "Word",
  );
  return words;
}
