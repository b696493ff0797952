import { existsSync } from "node:fs";
import * as vscode from "vscode";
import { runnerImportRoots } from "../../environment/import-roots.ts";
import { applyPlan } from "../../plan/apply.ts";
import { MessageError } from "../../plan/message.ts";
import type { FolderState } from "../folder-state.ts";
import { centralPython } from "../interpreter/central-python.ts";
import type { Log } from "../log.ts";
import { settingsTarget, writeSetting } from "../settings.ts";
import { unsavedFiles } from "../unsaved.ts";
import type { EnvFilePlan } from "./env-file.ts";
import { envFilePlan } from "./env-file.ts";
import type { SettingChange } from "./settings.ts";
import { relativeRoots, settingChanges } from "./settings.ts";

/** Tells language servers, tests and debugging the import roots that the runner has. */
export interface ImportRootSetting {
  /** Offers it where something does not know them yet: once for each set of import roots. */
  look(folders: readonly FolderState[]): void;
  /** Because a person asked: shows exactly what would be set, and sets it after a yes. */
  set(folder: FolderState): Promise<void>;
}

/** What was offered and written for a folder; `declined`: never ask again. */
interface Remembered {
  readonly offered: string | null;
  readonly declined: boolean;
  /** Entries that we wrote into settings and into the env file. */
  readonly settings: readonly string[];
  readonly env: readonly string[];
}

interface Wanted {
  /** As the settings name them. */
  readonly roots: readonly string[];
  readonly settings: readonly SettingChange[];
  readonly env: EnvFilePlan | null;
}

const REMEMBERED = "importRoots";
const NOTHING: Remembered = { offered: null, declined: false, settings: [], env: [] };

export function createImportRootSetting(memory: vscode.Memento, log: Log): ImportRootSetting {
  const all = () => memory.get<Record<string, Remembered>>(REMEMBERED, {});
  const known = ({ folder }: FolderState) => all()[folder.uri.toString()] ?? NOTHING;
  const remember = ({ folder }: FolderState, change: Partial<Remembered>) => {
    const key = folder.uri.toString();
    const old = all()[key] ?? NOTHING;
    return memory.update(REMEMBERED, { ...all(), [key]: { ...old, ...change } });
  };
  const wantedOf = async (state: FolderState): Promise<Wanted> => {
    const { settings, env } = known(state);
    const roots = await runnerImportRoots(state.root);
    const named = relativeRoots(roots, state.folder.uri);
    return {
      roots: named,
      settings: settingChanges(state.folder.uri, settings, named),
      env: await envFilePlan(state, env, roots),
    };
  };
  const write = async (state: FolderState, { roots, settings, env }: Wanted) => {
    if (env) {
      if (unsavedFiles(state, (path) => path === env.path).length > 0)
        throw new MessageError(`Save ${env.path} first. Nothing was set.`);
      await applyPlan(state.root, env.plan);
      await remember(state, { env: env.entries });
    }
    for (const { key, value } of settings)
      await writeSetting(state.folder.uri, key, value.length > 0 ? value : undefined);
    await remember(state, { settings: roots, declined: false });
  };
  const show = async (state: FolderState) => {
    const wanted = await wantedOf(state);
    if (isEmpty(wanted)) {
      const text = "Whatever reads import roots here knows those of the central venv.";
      void vscode.window.showInformationMessage(text);
      return;
    }
    const answer = await vscode.window.showInformationMessage(
      `Set the import roots of ${state.folder.name}?`,
      { modal: true, detail: detailOf(wanted) },
      "Set",
    );
    if (answer === "Set") await write(state, wanted);
  };
  const offer = async (state: FolderState) => {
    const wanted = await wantedOf(state);
    const { offered, declined, settings, env } = known(state);
    const now = JSON.stringify(wanted.roots);
    const isNews = wanted.roots.length > 0 || settings.length + env.length > 0;
    if (declined || offered === now || !isNews || isEmpty(wanted)) return;
    await remember(state, { offered: now });
    const [yes, never] = ["Show Settings…", "Don't Ask Again"];
    const answer = await vscode.window.showInformationMessage(questionOf(wanted), yes, never);
    if (answer === never) await remember(state, { declined: true });
    else if (answer === yes) await show(state);
  };
  return {
    look: (folders) => {
      for (const state of folders) {
        if (state.building || !existsSync(centralPython(state.root))) continue;
        // It waits for a person, and nothing else waits for it.
        offer(state).catch((error) => log.error("Offering to set import roots", error));
      }
    },
    set: async (state) => {
      if (state.health.state === "not consolidated")
        throw new MessageError(
          "There are no import roots yet: consolidate the requirements first.",
        );
      await show(state);
    },
  };
}

function isEmpty({ settings, env }: Wanted): boolean {
  return settings.length === 0 && env === null;
}

function questionOf({ roots, settings, env }: Wanted): string {
  const readers = [
    ...settings.map(({ reader }) => reader),
    ...(env ? ["tests and debugging"] : []),
  ].join(", ");
  return roots.length === 0
    ? `The runner has an import root no more that ${readers} still know.`
    : `The runner finds imports in ${roots.join(", ")}. Should ${readers} know it, too?`;
}

/** Exactly what would be written, and where. */
function detailOf({ settings, env }: Wanted): string {
  const where = settingsTarget() === vscode.ConfigurationTarget.Workspace ? "workspace" : "folder";
  const lines = settings.map(({ key, value }) => `"${key}": ${JSON.stringify(value)}`);
  return [
    ...(lines.length > 0 ? [[`In the settings of the ${where}:`, ...lines].join("\n")] : []),
    ...(env ? [`In ${env.path}, which tests and debugging read:\n${env.line}`] : []),
    ...(env
      ? [`Undo Last Apply then takes back the line in ${env.path}, not what was applied before.`]
      : []),
  ].join("\n\n");
}
