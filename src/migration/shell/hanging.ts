import type { Draft } from "./draft.ts";
import { SETUP } from "./paths.ts";

/**
 * Drafts of which some make the venv and are only offered: what would be changed differently without
 * those (`without`) goes with them, and is only offered too.
 */
export function withOffered(
  drafts: readonly Draft[],
  without: (left: ReadonlySet<object>) => readonly Draft[],
  lineOf: (offset: number) => number,
): readonly Draft[] {
  const makers = drafts.filter(({ kind, edits }) => kind === "offer" && edits.some(makesVenv));
  const [maker] = makers;
  if (maker === undefined || !drafts.some(({ kind }) => kind === "rewrite")) return drafts;
  const others = new Map(
    without(new Set(makers.map(({ key }) => key))).map((one) => [one.key, one] as const),
  );
  const reason = `It goes with line ${lineOf(maker.offset)}, which is only offered.`;
  return drafts.map((one) => {
    if (one.kind !== "rewrite") return one;
    const other = others.get(one.key);
    const same =
      other?.kind === "rewrite" && JSON.stringify(other.edits) === JSON.stringify(one.edits);
    return same ? one : { ...one, kind: "offer" as const, reason };
  });
}

function makesVenv({ text }: Draft["edits"][number]): boolean {
  return text.replaceAll("\\", "/").includes(SETUP);
}
