import type { BasePython } from "../environment/setup-pythons.ts";

/** A base Python as a person is offered it. */
export interface BaseChoice {
  readonly path: string;
  readonly version: string | null;
  readonly source: string;
  /** Why it cannot be the base at all; null where it can. */
  readonly why: string | null;
  /** Choosing it means to plan for it: decisions.json names another version, or there is none. */
  readonly other: boolean;
  readonly recommended: boolean;
}

/** What the list is made for. */
export interface Choosing {
  /** The version (major.minor) that decisions.json names, or null. */
  readonly decided: string | null;
  /** The path of the Python that is used where nobody chooses. */
  readonly usual: string | null;
  /** Whether there is a central file; without one every choice means to plan. */
  readonly planned: boolean;
}

/**
 * The base Pythons as they are offered: the recommended one first, which is of the decided version
 * and, if it can be, the one at `usual`; then the others of that version, other versions, and last
 * what cannot be used.
 */
export function baseChoices(
  pythons: readonly BasePython[],
  { decided, usual, planned }: Choosing,
): BaseChoice[] {
  const isOther = (version: string | null) =>
    decided !== null && version !== null && !version.startsWith(`${decided}.`);
  const all = pythons.map(({ path, version, source, why }) => ({
    ...{ path, version, source, why, recommended: false },
    other: !planned || isOther(version),
  }));
  const fit = all.filter(({ why, version }) => why === null && !isOther(version));
  const best = fit.find(({ path }) => path === usual) ?? fit[0];
  return [
    ...(best ? [{ ...best, recommended: true }] : []),
    ...fit.filter((one) => one !== best),
    ...all.filter(({ why, version }) => why === null && isOther(version)),
    ...all.filter(({ why }) => why !== null),
  ];
}
