import { isDeepStrictEqual } from "node:util";
import type { Material } from "../commands/propose.ts";
import {
  ATTRIBUTES,
  CENTRAL,
  DECISIONS,
  PYTHONPATH,
  RUNNER,
  SETUP,
} from "../environment/layout.ts";

/** The files that a proposal was made from and that are not as they were then. Paths are sorted. */
export function changedSince(before: Material, now: Material): string[] {
  const readings = ({ sources }: Material) =>
    new Map(sources.map((one) => [one.path, one.reading]));
  const [old, fresh] = [readings(before), readings(now)];
  const sources = [...new Set([...old.keys(), ...fresh.keys()])].filter(
    (path) => !isDeepStrictEqual(old.get(path), fresh.get(path)),
  );
  const parts = [
    [CENTRAL, "central"],
    [DECISIONS, "decisions"],
    [SETUP, "setup"],
    [RUNNER, "runner"],
    [PYTHONPATH, "pythonpath"],
    [ATTRIBUTES, "attributes"],
  ] as const;
  const ground = parts
    .filter(([, part]) => !isDeepStrictEqual(before.ground[part], now.ground[part]))
    .map(([path]) => path);
  const ignoring = ({ ground }: Material) =>
    ground.ignoreChanges.map(({ path, before }) => ({ path, before }));
  const ignore = isDeepStrictEqual(ignoring(before), ignoring(now)) ? [] : [".gitignore"];
  return [...new Set([...sources, ...ground, ...ignore])].sort();
}
