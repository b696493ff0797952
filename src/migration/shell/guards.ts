import type { FinderInput } from "../input.ts";
import type { Step } from "./draft.ts";
import { type Environment, environmentAt, isEnvironment, splitProgram } from "./environment.ts";
import type { Ran, Said } from "./model.ts";
import { nameAt } from "./unwrap.ts";
import { locations, only } from "./value.ts";
import type { Walked } from "./walking.ts";

/** Tests of what a block makes. */
export function guardsOf(
  steps: readonly Step[],
  walked: Walked,
  input: FinderInput,
  made: ReadonlySet<string>,
): ReadonlySet<object> {
  const guards = new Set<object>();
  const asks = (said: Said, ran: Pick<Ran, "place">): boolean => {
    const text = only(said.value);
    if (/\bVIRTUAL_ENV\b/.test(said.word.text)) return true;
    if (text === null || text === "") return false;
    if (namedEnvironment(text, ran, input, made) !== null) return true;
    return locations(text, ran.place).some(
      ({ path }) => path !== null && input.accounted.has(path),
    );
  };
  for (const { ran } of steps) {
    const name = nameAt(ran.words, ran.main);
    if ((name === "[" || name === "test") && ran.words.some((said) => asks(said, ran)))
      guards.add(ran.node);
  }
  for (const one of walked.tested) if (asks(one.said, one)) guards.add(one.node);
  return guards;
}

/** The environment that a text names, or names something in. */
export function namedEnvironment(
  text: string,
  { place }: Pick<Ran, "place">,
  input: FinderInput,
  made: ReadonlySet<string>,
): { readonly env: Environment; readonly text: string } | null {
  const inside =
    splitProgram(text)?.env ?? /^(.+)\/(?:bin|Scripts|pyvenv\.cfg|lib)$/.exec(text)?.[1];
  const env = environmentAt(inside ?? text, place);
  if (!isEnvironment(env, input, made)) return null;
  return { env, text: (inside ?? text).replace(/\/+$/, "") };
}
