import { RUNNER, SETUP } from "../shell/paths.ts";
import type { Judged } from "./compose.ts";
import { namesIn, type Program, rulesOf } from "./program.ts";
import type { Run } from "./run.ts";
import type { Rule } from "./statement.ts";

/**
 * What a rule needs runs before its recipe makes the venv, as `setup: check_python` does: calls of
 * Python there stay, and are named beside the call of setup.py.
 */
export function withoutBefore(
  program: Program,
  runs: readonly Run[],
  judged: readonly Judged[],
): readonly Judged[] {
  const makers = new Map<Rule, Judged | null>();
  for (const { kind, rule, text } of runs)
    if (kind === "recipe" && rule && text.includes(SETUP)) makers.set(rule.rule, null);
  for (const one of judged) if (one.setup && one.run.rule) makers.set(one.run.rule.rule, one);
  const before = rulesBefore(program, makers);
  if (before.size === 0) return judged;
  const named = new Map<Judged, number[]>();
  const kept = judged.filter((one) => {
    const { run, site, wanted } = one;
    const maker = run.kind === "recipe" && run.rule ? before.get(run.rule.rule) : undefined;
    const calls = site.names.length === 0 && wanted.some(({ full }) => full.text.includes(RUNNER));
    if (maker === undefined || site.kind === "report" || !calls) return true;
    if (maker !== null) named.set(maker, [...(named.get(maker) ?? []), site.line]);
    return false;
  });
  return kept.map((one) => {
    const lines = named.get(one);
    if (lines === undefined) return one;
    return { ...one, site: { ...one.site, listed: [...new Set([...one.site.listed, ...lines])] } };
  });
}

/** The rules that make runs on the way to one that makes the venv, with what makes it there. */
function rulesBefore(
  program: Program,
  makers: ReadonlyMap<Rule, Judged | null>,
): ReadonlyMap<Rule, Judged | null> {
  const byTarget = new Map<string, { rule: Rule; needs: readonly string[] }[]>();
  if (makers.size === 0) return new Map();
  for (const { rule, path, targets } of rulesOf(program)) {
    const needs = namesIn(program, path, rule.prerequisites);
    for (const target of targets)
      byTarget.set(target, [...(byTarget.get(target) ?? []), { rule, needs }]);
  }
  const found = new Map<Rule, Judged | null>();
  for (const [maker, judged] of makers) {
    const seen = new Set<string>();
    /** Goes through what a target needs in make's order; false once the venv is there. */
    const missing = (target: string): boolean => {
      if (seen.has(target)) return true;
      seen.add(target);
      const rules = byTarget.get(target) ?? [];
      if (!rules.flatMap(({ needs }) => needs).every(missing)) return false;
      if (rules.some(({ rule }) => makers.has(rule))) return false;
      for (const { rule } of rules) if (rule.recipe.length > 0) found.set(rule, judged);
      return true;
    };
    const own = rulesOf(program).find(({ rule }) => rule === maker)!;
    for (const target of own.targets) seen.add(target);
    const needs = own.targets.flatMap((target) => byTarget.get(target) ?? []);
    needs.flatMap((one) => one.needs).every(missing);
  }
  return found;
}
