import type { Health } from "../commands/health.ts";
import type { Reason } from "../environment/setup-check.ts";

/** What One Venv knows of a folder, as far as the status bar shows it. */
export interface Standing {
  /** Sources found; the central file is not one of them. */
  readonly sources: number;
  readonly health: Health;
  readonly building: boolean;
}

/** The status-bar item's content; `command` is what a click does next. */
export interface StatusText {
  readonly text: string;
  readonly reason: string;
  readonly command: string;
  /** The same in words: what a click does. */
  readonly click: string;
  readonly warn: boolean;
}

/** Whether a folder is a monorepo that One Venv has something to say about. */
export function applies({ sources, health }: Pick<Standing, "sources" | "health">): boolean {
  return sources >= 2 || health.state !== "not consolidated";
}

/**
 * What the status bar shows of a folder. `other` is the Python that the editor uses in place of
 * the central venv, or null. Pure, so that it can be tested without an editor.
 */
export function statusText(
  { sources, health, building }: Standing,
  other: string | null,
): StatusText {
  if (building) {
    const reason = "The central venv is being built.";
    const text = "$(sync~spin) Building central venv";
    return {
      text,
      reason,
      command: "oneVenv.showLog",
      click: "A click shows the log.",
      warn: false,
    };
  }
  const reasons = health.reasons.map(reasonText);
  const why = reasons.length > 0 ? reasons : [DEFAULT[health.state]];
  const selected =
    other === null ? [] : [`The Python that is selected in this folder is ${other}.`];
  const reason = [...why, ...selected].join("\n\n");
  if (health.state === "healthy" && other !== null) {
    const text = "$(info) Central venv not selected";
    const click = "A click selects the central venv.";
    return { text, reason, command: "oneVenv.selectInterpreter", click, warn: false };
  }
  const byHand = isRunning(health) && health.reasons.every(({ code }) => BY_HAND.has(code));
  if (byHand && health.reasons.length > 0) return { ...toMend(health.reasons.length), reason };
  return { ...LOOK[health.state](sources), reason };
}

/** What neither a build nor a consolidation mends: each has a command of its own. */
export const BY_HAND: ReadonlySet<string> = new Set([
  ...["returned", "tracked-environment", "export-behind", "wheelhouse-behind"],
  ...["inconsistent", "lock"],
]);

function isRunning({ state }: Health): boolean {
  return state === "out of date" || state === "sources changed";
}

function toMend(things: number): Omit<StatusText, "reason"> {
  return {
    text: `$(tools) Central venv: ${things} ${things === 1 ? "thing" : "things"} to mend`,
    command: "oneVenv.mend",
    click: "A click lists what mends it.",
    warn: false,
  };
}

function reasonText({ code, message, mend }: Reason): string {
  return BY_HAND.has(code) ? `${sentence(message)} Mend it with: ${mend}` : sentence(message);
}

type Look = (sources: number) => Omit<StatusText, "reason">;

const LOOK: Record<Health["state"], Look> = {
  "not consolidated": (sources) => ({
    text: `$(layers) ${sources} requirement sources, no central venv`,
    command: "oneVenv.consolidate",
    click: "A click shows what would be merged; nothing is written before you apply it.",
    warn: false,
  }),
  "no venv": () => ({
    text: "$(circle-slash) No central venv",
    command: "oneVenv.build",
    click: "A click builds it.",
    warn: false,
  }),
  healthy: () => ({
    text: "$(check) Central venv",
    command: "oneVenv.runScript",
    click: "A click runs a script with it.",
    warn: false,
  }),
  "out of date": () => ({
    text: "$(sync) Central venv out of date",
    command: "oneVenv.build",
    click: "A click syncs it: only what changed is installed or removed.",
    warn: false,
  }),
  "sources changed": () => ({
    text: "$(git-compare) Requirements changed",
    command: "oneVenv.consolidate",
    click: "A click shows what would change in the central file.",
    warn: false,
  }),
  broken: () => ({
    text: "$(error) Central venv broken",
    command: "oneVenv.build",
    click: "A click builds it anew.",
    warn: true,
  }),
  "not checked": () => ({
    text: "$(shield) Central venv not checked",
    command: "workbench.trust.manage",
    click: "A click opens Workspace Trust.",
    warn: false,
  }),
};

const DEFAULT: Record<Health["state"], string> = {
  "not consolidated":
    "The requirements of this folder are scattered. Consolidate them into one file to build one venv.",
  "no venv": "The requirements are consolidated; the central venv is not built yet.",
  healthy: "The central venv is built from what is declared.",
  "out of date": "The central venv is behind its requirements.",
  "sources changed": "What the projects declare changed since the last consolidation.",
  broken: "The central venv cannot run.",
  "not checked": "Nothing runs in an untrusted folder, so the central venv is not checked.",
};

/** Reasons come as setup.py words them, without a capital letter or a full stop. */
function sentence(message: string): string {
  const whole = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
