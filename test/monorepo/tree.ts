import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { scratch } from "../scratch.ts";

/** A temporary folder with these files (text by path), removed after the test. */
export function tree(context: TestContext, files: Record<string, string | Uint8Array> = {}) {
  const root = scratch();
  context.after(() => rmSync(root, { recursive: true, force: true }));
  write(root, files);
  return root;
}

export function write(root: string, files: Record<string, string | Uint8Array>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

/** Runs git in a folder, without what the person's own settings would change. */
export function git(root: string, ...args: string[]): string {
  const settings = [
    "-c",
    "user.name=t",
    "-c",
    "user.email=t@localhost",
    "-c",
    "commit.gpgsign=false",
  ];
  return execFileSync("git", [...settings, ...args], { cwd: root, encoding: "utf8" });
}

/** A git repository with these files; those in `tracked` are added even where they are ignored. */
export function repository(
  context: TestContext,
  files: Record<string, string | Uint8Array>,
  tracked: string[] = [],
): string {
  const root = tree(context, files);
  git(root, "init", "--quiet");
  if (tracked.length > 0) git(root, "add", "--force", ...tracked);
  return root;
}

/** Runs a function without the rights of root, which reads everything. */
export async function withoutRights<T>(run: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return run();
  process.seteuid!(65534);
  try {
    return await run();
  } finally {
    process.seteuid!(0);
  }
}
