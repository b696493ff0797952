import { delimiter, join, relative, sep } from "node:path";
import * as vscode from "vscode";
import { isIgnored } from "../../environment/gitignore.ts";
import { readState } from "../../plan/file-state.ts";
import type { Plan } from "../../plan/plan.ts";
import type { FolderState } from "../folder-state.ts";
import { isRegistered } from "../settings.ts";
import { pathFrom } from "../watch.ts";
import { withPythonpath } from "./entries.ts";

/** The env file of a folder as it is to be. */
export interface EnvFilePlan {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly line: string;
  /** What we add to PYTHONPATH. */
  readonly entries: readonly string[];
  readonly plan: Plan;
}

/**
 * The plan that puts the import roots into the env file, which tests and debugging read; null
 * where they are there, where nothing reads such a file, or where it lies outside the root.
 */
export async function envFilePlan(
  { folder, root }: FolderState,
  ours: readonly string[],
  roots: readonly string[],
): Promise<EnvFilePlan | null> {
  if (!isRegistered("python.envFile")) return null;
  const setting = vscode.workspace.getConfiguration("python", folder).get<string>("envFile", "");
  const file = setting.replaceAll(/\$\{workspaceFolder(?::[^}]*)?\}/g, folder.uri.fsPath);
  const path = file === "" || file.includes("${") ? null : pathFrom(root, vscode.Uri.file(file));
  if (path === null || path === ".") return null;
  const before = await readState(join(root, ...path.split("/")));
  const text = before === null ? "" : Buffer.from(before.bytes).toString("utf8");
  // Whole paths hold wherever a program starts, but no other machine has them.
  const isOurs = (await isIgnored(root, path)) !== false;
  const entries = isOurs ? [...roots] : roots.map((one) => relativeTo(folder.uri.fsPath, one));
  const change = withPythonpath(text, ours, entries, delimiter);
  if (change === null) return null;
  const after = { bytes: Buffer.from(change.text), mode: before?.mode ?? 0o644 };
  return {
    ...{ path, line: change.line, entries },
    plan: { title: "Set Import Roots", changes: [{ path, before, after }] },
  };
}

function relativeTo(folder: string, root: string): string {
  return relative(folder, root).split(sep).join("/") || ".";
}
