import type { Node } from "jsonc-parser";
import { jsonAt, jsonItems, jsonString } from "../formats/json-text.ts";
import { resolvedFrom } from "../paths.ts";
import { folderOf } from "../shell/paths.ts";

/**
 * What `${workspaceFolder}` stands for in a file, relative to the root; null where the workspace has
 * several folders, or one outside of the root.
 */
export function workspaceFolder(path: string, root: Node): string | null {
  if (!path.endsWith(".code-workspace")) return folderOf(folderOf(path));
  const folders = jsonItems(jsonAt(root, "folders"));
  const [first] = folders;
  if (folders.length !== 1 || first === undefined) return null;
  const written = jsonString(jsonAt(first, "path"));
  return written === null ? null : resolvedFrom(folderOf(path), written);
}
