import * as vscode from "vscode";
import { findInterpreter } from "../environment/interpreter.ts";
import { listPythons } from "../environment/setup-pythons.ts";
import type { FolderState } from "./folders.ts";

/** The base Python that was chosen on this machine, by root. */
export interface ChosenPythons {
  of(root: string): string | null;
  /** Asks; null where the person broke it off. */
  choose(folder: FolderState): Promise<string | null>;
}

const REMEMBERED = "basePython";

export function createChosenPythons(memory: vscode.Memento): ChosenPythons {
  const all = () => memory.get<Record<string, string>>(REMEMBERED, {});
  return {
    of: (root) => all()[root] ?? null,
    choose: async ({ root }) => {
      const { interpreter } = await findInterpreter(null);
      if (!interpreter) return null;
      const { decided, pythons } = await listPythons(root, interpreter.path);
      const items = pythons.map(({ path, version, source, why }) => {
        const other = decided !== null && version !== null && !version.startsWith(`${decided}.`);
        const not = why ?? (other ? `decisions.json says Python ${decided}` : null);
        return {
          label: `Python ${version ?? "?"}`,
          description: path,
          detail: not ? `not usable: ${not}` : source,
          path,
          usable: not === null,
        };
      });
      const sorted = [
        ...items.filter(({ usable }) => usable),
        ...items.filter(({ usable }) => !usable),
      ];
      const picked = await vscode.window.showQuickPick(sorted, {
        title: "The base Python of the central venv",
        placeHolder:
          decided === null ? "Newest first" : `Python ${decided}, as decisions.json says`,
        matchOnDescription: true,
      });
      if (!picked?.usable) return null;
      await memory.update(REMEMBERED, { ...all(), [root]: picked.path });
      return picked.path;
    },
  };
}
