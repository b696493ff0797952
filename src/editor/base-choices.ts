import type { BasePython } from "../environment/setup-pythons.ts";

/** A base Python as a person is offered it. */
export interface BaseChoice {
  readonly path: string;
  readonly version: string | null;
  readonly source: string;
  /** Why it cannot be the base at all; null where it can. */
  readonly why: string | null;
  /** Not the version that decisions.json names: choosing it means to plan anew. */
  readonly other: boolean;
  readonly recommended: boolean;
}

/**
 * The base Pythons as they are offered: the recommended one first, which is of the decided version
 * and, if it can be, the one at `usual`; then the others of that version, other versions, and last
 * what cannot be used.
 */
export function baseChoices(
  pythons: readonly BasePython[],
  decided: string | null,
  usual: string | null,
): BaseChoice[] {
  const all = pythons.map(({ path, version, source, why }) => ({
    ...{ path, version, source, why, recommended: false },
    other: decided !== null && version !== null && !version.startsWith(`${decided}.`),
  }));
  const fit = all.filter(({ why, other }) => why === null && !other);
  const best = fit.find(({ path }) => path === usual) ?? fit[0];
  return [
    ...(best ? [{ ...best, recommended: true }] : []),
    ...fit.filter((one) => one !== best),
    ...all.filter(({ why, other }) => why === null && other),
    ...all.filter(({ why }) => why !== null),
  ];
}
