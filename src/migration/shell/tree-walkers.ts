import type { Ran, Said } from "./model.ts";
import { CENTRAL, relativeTo } from "./paths.ts";
import { folderAt } from "./place.ts";
import { bare } from "./runner-path.ts";
import { locations, only } from "./value.ts";

/** Tools that walk the whole tree, in which the venv now lies, and how they are kept out of it. */
const WALKERS: Readonly<
  Record<string, { readonly option: string; readonly given: RegExp; readonly bare: boolean }>
> = {
  flake8: { option: "--extend-exclude", given: /^--extend-exclude/, bare: true },
  bandit: { option: "-x", given: /^(-x|--exclude)/, bare: false },
};

export function walkerOption(
  name: string,
  args: readonly Said[],
  ran: Ran,
): { readonly text: string; readonly reason: string } | null {
  const walker = Object.hasOwn(WALKERS, name) ? WALKERS[name]! : undefined;
  const folder = folderAt(ran.place);
  if (
    walker === undefined ||
    folder === null ||
    args.some(({ word }) => walker.given.test(word.text))
  )
    return null;
  const plain = args.filter(({ word }) => !word.text.startsWith("-"));
  const whole =
    plain.length === 0
      ? walker.bare && (folder === "" || CENTRAL.startsWith(`${folder}/`))
      : plain.some(({ value }) => {
          const text = only(value);
          return (
            text !== null &&
            /^[./]+$/.test(text) &&
            locations(text, ran.place).some(
              ({ path }) => path === "" || (path !== null && CENTRAL.startsWith(`${path}/`)),
            )
          );
        });
  if (!whole) return null;
  const path = relativeTo(folder, CENTRAL);
  return {
    text: `${walker.option} ${bare(name === "bandit" ? `./${path}` : path)}`,
    reason: "It walks the whole tree, in which the venv now lies.",
  };
}
