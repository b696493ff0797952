import { type Extension, extensions } from "vscode";

/** The extension that is tested. */
export function ourExtension(): Extension<unknown> {
  const found = extensions.getExtension("one-venv.one-venv");
  if (found === undefined) throw new Error("VS Code did not load One Venv");
  return found;
}
