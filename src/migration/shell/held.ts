import { offsetOf, type Step } from "./draft.ts";
import { environmentAt } from "./environment.ts";
import type { Said } from "./model.ts";
import { createdBy, filledBy } from "./step.ts";
import { nameAt } from "./unwrap.ts";
import { only } from "./value.ts";

/**
 * Environments that have to be made still, since a line which stays fills or names them; each with
 * the sentence that says so. `made` are the keys of those that the job makes.
 */
export function heldBy(
  steps: readonly Step[],
  made: ReadonlySet<string>,
  lineOf: (offset: number) => number,
  excluded: ReadonlySet<object>,
): ReadonlyMap<string, string> {
  const held = new Map<string, string>();
  for (const step of steps) {
    const line = lineOf(offsetOf(step.ran));
    const fills =
      step.install?.verdict === "report" && verbOf(step) === "install" ? filledBy(step) : null;
    const stays = excluded.has(step.ran.node) ? (createdBy(step)?.key ?? filledBy(step)) : null;
    const key = fills ?? stays;
    if (key !== null && !held.has(key)) {
      held.set(
        key,
        `Line ${line} still fills this environment with what the central requirements do not name: settle that first.`,
      );
    }
    for (const named of namedBy(step)) {
      if (made.has(named) && !held.has(named))
        held.set(named, `Line ${line} still names this environment: change it by hand first.`);
    }
  }
  return held;
}

function verbOf({ act }: Step): string | null {
  if (act.kind !== "pip") return null;
  const verb = act.args.find(({ word }) => !word.text.startsWith("-"));
  return verb === undefined ? null : only(verb.value);
}

/** Commands whose words are looked after elsewhere, or need no environment to be there. */
const LOOKED_AFTER = /^(\[|test|rm|ls|echo|printf|find|alias|cd|mkdir|touch|git)$/;

/** The environments in which a command names something that it does not start. */
function namedBy({ act, ran }: Step): readonly string[] {
  if (ran.form !== "command" || /^(create|pip|activate|setup|runner)$/.test(act.kind)) return [];
  if (LOOKED_AFTER.test(nameAt(ran.words, ran.main) ?? "")) return [];
  const all = ran.words.slice(ran.main + 1);
  return all.flatMap((said, i) => (leavesOut(said, all[i - 1]) ? [] : environmentsIn(said, ran)));
}

/** `--exclude=venv/lib`: it does not mind whether it is there. */
function leavesOut({ word }: Said, before: Said | undefined): boolean {
  return /exclu|ignore|omit|skip|prune/.test(`${before?.word.text ?? ""} ${word.text}`);
}

function environmentsIn({ value }: Said, { place }: Step["ran"]): readonly string[] {
  return value.texts.flatMap((text) =>
    [...text.matchAll(/(?:^|[=:,])([^=:,\s]+)\/(?:bin|lib|Scripts|include)(?=\/|$)/g)].map(
      ([, env]) => environmentAt(env!, place).key,
    ),
  );
}
