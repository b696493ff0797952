import type { Definition, Variable, Variables } from "./known-variables.ts";
import type { Active } from "./model.ts";
import { nowhere, type Place, samePlace } from "./place.ts";
import { either, unknown, type Value } from "./value.ts";

/** What a shell is like at some point of its text. Values: a change makes a new one. */
export interface State {
  readonly place: Place;
  /** Where `cd -` goes. */
  readonly previous: Place;
  /** What `pushd` put by. */
  readonly stack: readonly Place[];
  readonly variables: Variables;
  readonly active: Active | null;
  /** Nothing that follows is reached: exit, return. */
  readonly ended: boolean;
}

/** A shell that has gone somewhere. */
export function at(state: State, place: Place): State {
  return { ...state, place, previous: state.place };
}

/** A shell in which a variable is set. */
export function withVariable(
  state: State,
  name: string,
  value: Value,
  definitions: readonly Definition[],
): State {
  const one = { value, definitions, outer: false };
  return { ...state, variables: state.variables.with(new Map([[name, one]])) };
}

/** What holds where two ways of a script come together. */
export function join(a: State, b: State): State {
  if (a.ended) return b.ended ? { ...a, ended: true } : b;
  if (b.ended) return a;
  return {
    place: samePlace(a.place, b.place) ? a.place : nowhere,
    previous: samePlace(a.previous, b.previous) ? a.previous : nowhere,
    stack: a.stack.length === b.stack.length ? a.stack : [],
    variables: a.variables.joined(b.variables, oneOrOther),
    active: a.active ?? b.active,
    ended: false,
  };
}

function oneOrOther(one: Variable | undefined, two: Variable | undefined): Variable {
  return {
    value: either(one?.value ?? unknown, two?.value ?? unknown),
    definitions: [...new Set([...(one?.definitions ?? []), ...(two?.definitions ?? [])])],
    outer: false,
  };
}
