import { smallestClash } from "../requirements/clash.ts";
import type { Environment } from "../requirements/marker-evaluate.ts";
import { evaluateMarker } from "../requirements/marker-evaluate.ts";
import { holdsSecret } from "../requirements/secret.ts";
import type { Alternatives } from "./alternatives.ts";
import { alternativesSentence, choicesBetween, clashingAlternatives } from "./alternatives.ts";
import type { CentralLine } from "./central-file.ts";
import { choicesFor, requirementOf } from "./choices.ts";
import type { Claim } from "./claim.ts";
import { claimOf, place, sentenceOf } from "./claim.ts";
import type { Conflict } from "./conflict.ts";
import type { Decision, Decisions } from "./decision.ts";
import { standingDecision } from "./decision.ts";
import type { Need } from "./need.ts";
import { declaredTexts, markerText } from "./need.ts";

/** What became of the needs of one line of the central file. */
export interface MergedLine {
  readonly name: string;
  readonly marker: string | null;
  readonly needs: readonly Need[];
  /** The line, or null where it is open or left out. */
  readonly line: CentralLine | null;
  readonly conflict: Conflict | null;
  readonly decision: Decision | null;
}

/**
 * One package: its needs by platform marker, each a line of its own. Where needs of several
 * lines clash on this platform, the package is decided as a whole and gets one line.
 */
export function mergePackage(
  name: string,
  needs: readonly Need[],
  decisions: Decisions,
  environment: Partial<Environment>,
): MergedLine[] {
  const groups = Map.groupBy(needs, markerText);
  const whole = { name, marker: null, needs };
  const lines = [...groups.keys()].sort().map((text) => {
    const line = { name, marker: text === "" ? null : text, needs: groups.get(text)! };
    return { text, line, decided: decidedLine(line, decisions) };
  });
  if (groups.size > 1) {
    const decided = decidedLine(whole, decisions);
    if (decided) return [decided];
    const here = needs.filter((need) => holds(need, environment));
    const clash = lines.some((one) => one.decided) ? null : findClash(here);
    if (clash && new Set(clash.map(markerText)).size > 1) return [openLine(whole, clash, here)];
  }
  const everywhere = groups.get("") ?? [];
  return lines.map(({ text, line, decided }) => {
    const merged = decided ?? undecidedLine(line);
    return text === "" || merged.conflict ? merged : withLatent(merged, whole, everywhere);
  });
}

/** A line for another platform may clash with what is asked for everywhere: it is said, no more. */
function withLatent(merged: MergedLine, whole: Base, everywhere: readonly Need[]): MergedLine {
  const clash = findClash([...everywhere, ...merged.needs]);
  if (!clash || new Set(clash.map(markerText)).size === 1) return merged;
  const { conflict } = openLine(whole, clash, whole.needs);
  return { ...merged, conflict: conflict && { ...conflict, kind: "latent" } };
}

type Base = Pick<MergedLine, "name" | "marker" | "needs">;

function decidedLine(base: Base, decisions: Decisions): MergedLine | null {
  const decision = standingDecision(decisions, base, declaredTexts(base.needs));
  if (!decision) return null;
  const line = decision.requirement === null ? null : toLine(base, decision.requirement);
  return { ...base, line, decision, conflict: null };
}

/** What a line comes to without a decision. */
export function undecidedLine(base: Base): MergedLine {
  const clash = findClash(base.needs);
  if (clash) return openLine(base, clash, base.needs);
  const derived = base.needs.filter(({ project }) => project !== null);
  // What nobody but the person asks for stays as the person wrote it.
  const limits = base.needs.filter(({ limit }) => limit);
  const line = derived.length === 0 ? null : toLine(base, requirementOf([...derived, ...limits]));
  return { ...base, line, decision: null, conflict: null };
}

function openLine(base: Base, clash: readonly Need[], together: readonly Need[]): MergedLine {
  const secret = clash.some(({ link }) => link !== null && holdsSecret(link));
  const alternatives = secret ? null : clashingAlternatives(together, findClash);
  const shown = alternatives?.clash ?? clash;
  const claims = together.map((need) => claimOf(need, shown.includes(need)));
  const common = {
    name: base.name,
    marker: base.marker,
    claims,
    declared: declaredTexts(base.needs),
  };
  const conflict = { ...common, ...told(alternatives, secret, together, claims) };
  return { ...base, line: null, decision: null, conflict };
}

/** What kind of conflict it is, in a sentence, and how it can be decided. */
function told(
  alternatives: Alternatives | null,
  secret: boolean,
  together: readonly Need[],
  claims: readonly Claim[],
): Pick<Conflict, "kind" | "sentence" | "choices"> {
  if (secret) return { kind: "secret", sentence: secretSentence(claims), choices: [] };
  const sentence = sentenceOf(claims);
  if (alternatives) {
    const choices = choicesBetween(alternatives, claims);
    return {
      kind: "alternatives",
      sentence: alternativesSentence(alternatives, sentence),
      choices,
    };
  }
  const linked = claims.some(({ clashes }, i) => clashes && together[i]!.link !== null);
  return { kind: linked ? "url" : "specifiers", sentence, choices: choicesFor(together, claims) };
}

/** pip and uv expand a variable when they install, so that no file holds what it stands for. */
export const USE_A_VARIABLE = `write a variable such as ${"$"}{TOKEN} in its place`;

function secretSentence(claims: readonly Claim[]): string {
  const [claim] = claims.filter(({ clashes }) => clashes);
  return `${place(claim!)} holds a password; ${USE_A_VARIABLE}`;
}

function toLine({ name, marker, needs }: Base, requirement: string): CentralLine {
  const projects = needs.flatMap(({ project }) => (project === null ? [] : [project]));
  return { name, marker, requirement, projects: [...new Set(projects)].sort() };
}

function holds({ marker }: Need, environment: Partial<Environment>): boolean {
  return marker === null || evaluateMarker(marker, environment) === true;
}

/** The smallest set of needs that no one installed set can satisfy together, or null. */
function findClash(needs: readonly Need[]): readonly Need[] | null {
  const secret = needs.find(({ link }) => link !== null && holdsSecret(link));
  if (secret) return [secret];
  const first = needs.find(({ link }) => link !== null);
  if (first) {
    const other = needs.find(
      (need) =>
        need !== first &&
        (need.link === null ? need.specifier.length > 0 : need.link !== first.link),
    );
    return other ? [first, other] : null;
  }
  const distinct = [
    ...new Map([...needs].reverse().map((need) => [need.declaration.specifier, need])).values(),
  ].reverse();
  const clash = smallestClash(distinct.map(({ specifier }) => specifier));
  return clash === null ? null : clash.map((index) => distinct[index]!);
}
