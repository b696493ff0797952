import type { Branch, Conditional } from "./statement.ts";
import { compatible, type Value } from "./variables.ts";

/** One way that a run of make may go: which branch is read, which value a variable has. */
export interface Choices {
  /** Picks one of the values that a variable may have; the same one whenever it is asked. */
  readonly pick: (name: string, values: readonly (Value | null)[]) => Value | null;
  /** Whether a condition holds; the same whenever it is asked. */
  readonly decide: (condition: string) => boolean;
  /** Whether what stands in this branch is read. */
  readonly reads: (branch: Branch) => boolean;
}

/** Runs once for every way that make may go, `most` times at the most. */
export function everyWay<T>(
  branch: Branch,
  most: number,
  run: (choices: Choices) => T,
): { readonly results: readonly T[]; readonly complete: boolean } {
  const results: T[] = [];
  /** Which of how many was taken at each fork, in the order in which they come up. */
  let forks: { taken: number; of: number }[] = [];
  do {
    let met = 0;
    const fork = (of: number): number => {
      const one = forks[met++];
      if (one) return one.taken;
      forks.push({ taken: 0, of });
      return 0;
    };
    results.push(run(choicesOf(branch, fork)));
    while (forks.length > 0 && forks.at(-1)!.taken + 1 >= forks.at(-1)!.of) forks.pop();
    forks = forks.map((one, i) => (i < forks.length - 1 ? one : { ...one, taken: one.taken + 1 }));
  } while (forks.length > 0 && results.length < most);
  return { results, complete: forks.length === 0 };
}

function choicesOf(start: Branch, fork: (of: number) => number): Choices {
  const taken = new Map<Conditional, number>();
  const picked = new Map<string, Value | null>();
  const decided = new Map<string, boolean>();
  for (const { conditional, number } of start) taken.set(conditional, number);
  const soFar = (): Branch => [...taken].map(([conditional, number]) => ({ conditional, number }));
  return {
    pick: (name, values) => {
      const open = values.filter((value) => value === null || compatible(value.branch, soFar()));
      const before = picked.get(name);
      const again = open.find((value) => before !== undefined && same(value, before));
      if (again !== undefined) return again;
      const value = open.length > 1 ? open[fork(open.length)]! : (open[0] ?? values[0] ?? null);
      picked.set(name, value);
      for (const { conditional, number } of value?.branch ?? []) taken.set(conditional, number);
      return value;
    },
    decide: (condition) => {
      if (!decided.has(condition)) decided.set(condition, fork(2) === 0);
      return decided.get(condition)!;
    },
    reads: (branch) =>
      branch.every(({ conditional, number }) => {
        if (!taken.has(conditional)) {
          const { tests } = conditional;
          // Without a plain else, perhaps none of them is read.
          taken.set(conditional, fork(tests.length + (tests.at(-1) === null ? 0 : 1)));
        }
        return taken.get(conditional) === number;
      }),
  };
}

function same(a: Value | null, b: Value | null): boolean {
  if (a === null || b === null) return a === b;
  return a.parts.length === b.parts.length && a.parts.every((part, i) => part === b.parts[i]);
}
