import type { ExtensionContext } from "vscode";
import { startEditor } from "./editor/activate.ts";

/** What VS Code loads. */
export function activate(context: ExtensionContext): Promise<void> {
  return startEditor(context);
}
