import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { basePythons } from "../commands/base-pythons.ts";
import { readDecisions } from "../consolidation/decision.ts";
import type { Hands } from "../environment/ground.ts";
import type { Interpreter } from "../environment/interpreter.ts";
import { findInterpreter } from "../environment/interpreter.ts";
import { DECISIONS } from "../environment/layout.ts";
import { MessageError } from "../plan/message.ts";
import type { BaseChoice } from "./base-choices.ts";
import { baseChoices } from "./base-choices.ts";
import type { FolderState } from "./folder-state.ts";

/** The base Python that was chosen on this machine, by root. */
export interface ChosenPythons {
  /** Its path; null where none was, or where it is gone or not of the decided version any more. */
  of(root: string): Promise<string | null>;
  /** Asks. For another version than decisions.json names, it is planned anew instead (null). */
  choose(folder: FolderState): Promise<string | null>;
  /** For the first build: asks only where there is a choice; null where that was broken off. */
  first(folder: FolderState): Promise<string | null>;
}

export interface ChosenParts {
  readonly hands: Hands;
  readonly memory: vscode.Memento;
  /** Plans anew for another Python (major.minor), which decisions.json then names. */
  readonly planFor: (folder: FolderState, python: string) => Promise<void>;
}

const REMEMBERED = "basePythons";
/** The paths chosen on this machine, by root and then by version (major.minor). */
type Remembered = Readonly<Record<string, Readonly<Record<string, string>>>>;

export function createChosenPythons({ hands, memory, planFor }: ChosenParts): ChosenPythons {
  const all = () => memory.get<Remembered>(REMEMBERED, {});
  const remember = (root: string, version: string, path: string) =>
    memory.update(REMEMBERED, { ...all(), [root]: { ...all()[root], [version]: path } });
  const take = async (folder: FolderState, { path, version, why, other }: BaseChoice) => {
    if (why !== null || version === null)
      throw new MessageError(`${path} cannot be the base Python: it ${why ?? "has no version"}.`);
    await remember(folder.root, minorOf(version), path);
    if (!other) return path;
    await planFor(folder, minorOf(version));
    return null;
  };
  const choose = async (folder: FolderState) => {
    const picked = await pick(await listOf(folder, hands));
    return picked ? take(folder, picked) : null;
  };
  return {
    of: async (root) => {
      const decided = await decidedPython(root);
      const path = decided === null ? undefined : all()[root]?.[decided];
      return path !== undefined && existsSync(path) ? path : null;
    },
    choose,
    first: async (folder) => {
      const usable = (await listOf(folder, hands)).filter(({ why, other }) => !why && !other);
      const [only] = usable;
      return only && usable.length === 1 ? take(folder, only) : choose(folder);
    },
  };
}

/** The version that decisions.json names, as major.minor; null where it names none. */
async function decidedPython(root: string): Promise<string | null> {
  const text = await readFile(join(root, ...DECISIONS.split("/")), "utf8").catch(() => null);
  const decisions = readDecisions(text);
  return "problem" in decisions ? null : decisions.python;
}

async function listOf({ root, scan, health }: FolderState, hands: Hands): Promise<BaseChoice[]> {
  const { interpreter, tooOld } = await findInterpreter();
  if (!interpreter) throw new MessageError(noPython(tooOld));
  const listing = { scan, python: interpreter.path, hands: hands.folder };
  const { decided, pythons } = await basePythons(root, listing);
  const usual =
    decided === null
      ? interpreter
      : (await findInterpreter(({ version }) => version.startsWith(`${decided}.`))).interpreter;
  const planned = health.state !== "not consolidated";
  return baseChoices(pythons, { decided, usual: usual?.path ?? null, planned });
}

/** No Python that could run setup.py, and what was seen of those that cannot. */
export function noPython(tooOld: readonly Interpreter[]): string {
  const names = tooOld.map(({ path, version }) => `${path} (${version})`);
  const seen = names.length > 0 ? ` Too old: ${names.join(", ")}.` : "";
  return `No Python 3.8 or newer was found on this machine.${seen} Install one and build again.`;
}

async function pick(choices: readonly BaseChoice[]): Promise<BaseChoice | undefined> {
  const items = choices.map((choice) => ({
    label: `Python ${choice.version ?? "?"}`,
    description: choice.path,
    detail: detailOf(choice),
    choice,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: "The base Python of the central venv",
    placeHolder: "The Python that the central venv is made with",
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked?.choice;
}

function detailOf({ source, why, other, recommended }: BaseChoice): string {
  if (why !== null) return `Cannot be used: ${why}`;
  const words = [
    ...(recommended ? ["Recommended"] : []),
    ...(other ? ["The requirements are planned for it"] : []),
  ];
  return words.length > 0 ? `${words.join(". ")} (${source})` : source;
}

function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}
