import type { FinderInput } from "../input.ts";
import { SETUP } from "../shell/paths.ts";
import type { Wanted } from "./agree.ts";
import type { Judged } from "./compose.ts";
import { fileOffset } from "./engine.ts";
import { venvFits } from "./harmless.ts";
import { makeSite } from "./own-sites.ts";
import { phonyTargets } from "./phony.ts";
import type { Program } from "./program.ts";
import type { Run } from "./run.ts";
import { followed, isAutomatic, type Word, wordsOf } from "./targets.ts";

/**
 * What becomes of targets and prerequisites: those in an environment follow it where the rule that
 * makes it calls setup.py, and the sources that such a rule needs become the central file. What
 * else names a source that may be removed stands in the way.
 */
export function ruleWords(
  program: Program,
  runs: readonly Run[],
  shell: readonly Judged[],
  environments: ReadonlySet<string>,
  input: FinderInput,
): readonly Judged[] {
  const words = runs
    .filter(({ kind }) => kind === "targets" || kind === "prerequisites")
    .flatMap((run) => wordsOf(run, environments, input));
  if (words.length === 0) return [];
  const setups = new Map<string, Judged>();
  for (const one of shell) if (one.setup) setups.set(ruleKey(one.run), one);
  const recipes = runs.filter(({ kind }) => kind === "recipe");
  const ready = (run: Run) =>
    setups.has(ruleKey(run)) ||
    recipes.some((one) => ruleKey(one) === ruleKey(run) && one.text.includes(SETUP));
  const hasRecipe = (run: Run) => recipes.some((one) => ruleKey(one) === ruleKey(run));
  const stuck = new Set(
    words
      .filter(({ run }) => run.kind === "targets" && hasRecipe(run) && !ready(run))
      .map(({ environment }) => environment),
  );
  const phony = phonyTargets(program);
  const moved = words.flatMap((word): Judged[] => {
    const { run, environment, typed } = word;
    const owner = setups.get(ruleKey(run)) ?? ownerOf(environment, words, setups);
    if (environment === null) {
      if (run.kind === "prerequisites" && setups.has(ruleKey(run))) {
        return owner ? [hung(owner, run, [followed(word, program)])] : [];
      }
      return [named(word)];
    }
    if (!owner || stuck.has(environment)) return [];
    if (!typed) return [hung(owner, run, [followed(word, program)])];
    if (run.kind !== "targets" || !hasRecipe(run) || phony.has(word.text)) return [];
    return [{ ...hung(owner, run, []), phony: word.text }];
  });
  const kept = new Set(words.filter(({ typed }) => typed).map(({ environment }) => environment));
  return [...moved, ...besides(program, recipes, shell, environments, kept, input)];
}

/** What else a recipe that calls setup.py names of the environment, as `touch venv/bin/activate`. */
function besides(
  program: Program,
  recipes: readonly Run[],
  shell: readonly Judged[],
  environments: ReadonlySet<string>,
  kept: ReadonlySet<string | null>,
  input: FinderInput,
): readonly Judged[] {
  const leftOut = new Set([...input.excluded].map((id) => id.replace(/#\d+$/, "")));
  return recipes.flatMap((run) => {
    const own = shell.filter((one) => one.run === run);
    const owner = own.find(({ setup }) => setup);
    if (!owner) return [];
    const taken = own.flatMap(({ wanted }) => wanted.map(({ full }) => full));
    const told = new Set(own.flatMap(({ site }) => (site.kind === "report" ? [site.line] : [])));
    return wordsOf(run, environments, input).flatMap((word) => {
      const { environment, start, end } = word;
      if (environment === null || taken.some((one) => one.start < end && start < one.end))
        return [];
      if (isAutomatic(word) && !kept.has(environment)) return [];
      const line = lineOf(run, start);
      if (told.has(line) || leftOut.has(`${run.path}:${line}`)) return [];
      const change = followed(word, program);
      return venvFits(run, change.start, change.end) ? [hung(owner, run, [change])] : [];
    });
  });
}

/** The line of the file that a place of a run stands in. */
function lineOf(run: Run, offset: number): number {
  const { text } = run.program.readings.find(({ path }) => path === run.path)!;
  return text.slice(0, fileOffset(run, offset)).split("\n").length;
}

/** The site that the setup.py of an environment's own rule belongs to. */
function ownerOf(
  environment: string | null,
  words: readonly Word[],
  setups: ReadonlyMap<string, Judged>,
): Judged | undefined {
  const maker = words.find(
    ({ run, environment: other }) =>
      run.kind === "targets" && other === environment && setups.has(ruleKey(run)),
  );
  return maker && setups.get(ruleKey(maker.run));
}

/** A change that belongs to another call site: both are made, or none. */
function hung(owner: Judged, run: Run, wanted: readonly Wanted[]): Judged {
  return { run, site: owner.site, wanted, setup: false };
}

function named({ run, start, place }: Word): Judged {
  const reason = `It names ${place}, which the central requirements account for: it stands in the way of its removal.`;
  const site = makeSite(run, start, "report", reason, [place]);
  return { run, site, wanted: [], setup: false };
}

function ruleKey({ path, line, rule, program }: Run): string {
  return `${program.entry}\n${path}:${rule?.rule.line ?? line}`;
}
