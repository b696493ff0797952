import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { readDecisions } from "../consolidation/decision.ts";
import type { Interpreter } from "../environment/interpreter.ts";
import { findInterpreter } from "../environment/interpreter.ts";
import { DECISIONS } from "../environment/layout.ts";
import { listPythons } from "../environment/setup-pythons.ts";
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
  readonly memory: vscode.Memento;
  /** Plans anew for another Python (major.minor), which decisions.json then names. */
  readonly planFor: (folder: FolderState, python: string) => Promise<void>;
}

interface Remembered {
  readonly path: string;
  readonly version: string | null;
}

const REMEMBERED = "basePython";

export function createChosenPythons({ memory, planFor }: ChosenParts): ChosenPythons {
  const all = () => memory.get<Record<string, Remembered>>(REMEMBERED, {});
  const remember = async (root: string, { path, version }: BaseChoice) => {
    await memory.update(REMEMBERED, { ...all(), [root]: { path, version } });
    return path;
  };
  const choose = async (folder: FolderState) => {
    const picked = await pick(await listOf(folder));
    if (!picked) return null;
    if (picked.why !== null)
      throw new MessageError(`${picked.path} cannot be the base Python: it ${picked.why}.`);
    if (!picked.other) return remember(folder.root, picked);
    if (picked.version !== null) await planFor(folder, minorOf(picked.version));
    return null;
  };
  return {
    of: async (root) => {
      const one = all()[root];
      if (!one || !existsSync(one.path)) return null;
      const decided = await decidedPython(root);
      return decided === null || one.version?.startsWith(`${decided}.`) ? one.path : null;
    },
    choose,
    first: async (folder) => {
      const usable = (await listOf(folder)).filter(({ why, other }) => why === null && !other);
      const [only] = usable;
      return only && usable.length === 1 ? remember(folder.root, only) : choose(folder);
    },
  };
}

/** The version that decisions.json names, as major.minor; null where it names none. */
async function decidedPython(root: string): Promise<string | null> {
  const text = await readFile(join(root, ...DECISIONS.split("/")), "utf8").catch(() => null);
  const decisions = readDecisions(text);
  return "problem" in decisions ? null : decisions.python;
}

async function listOf({ root }: FolderState): Promise<BaseChoice[]> {
  const { interpreter, tooOld } = await findInterpreter();
  if (!interpreter) throw new MessageError(noPython(tooOld));
  const { decided, pythons } = await listPythons(root, interpreter.path);
  const usual =
    decided === null
      ? interpreter
      : (await findInterpreter(({ version }) => version.startsWith(`${decided}.`))).interpreter;
  return baseChoices(pythons, decided, usual?.path ?? null);
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
  if (recommended) return `Recommended (${source})`;
  return other
    ? `Another version than decided: the requirements are planned anew (${source})`
    : source;
}

function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}
