import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { applyProposal } from "../../src/commands/apply.ts";
import { gatherMigration } from "../../src/commands/migration.ts";
import { gather, propose } from "../../src/commands/propose.ts";
import { readHands } from "../../src/environment/ground.ts";
import { findInterpreter } from "../../src/environment/interpreter.ts";
import type { MigrationInput } from "../../src/migration/input.ts";
import type { Site } from "../../src/migration/site.ts";
import { git, repository } from "../monorepo/tree.ts";

const hands = await readHands(join(import.meta.dirname, "..", "..", "src", "python"));
// Asked once: the answer is the same for all, and takes half a second.
const { interpreter } = await findInterpreter();
export const options = { hands, processes: true, interpreter };

/** A git repository with these files, all of it committed after a consolidation. */
export async function consolidated(
  context: TestContext,
  files: Record<string, string | Uint8Array>,
): Promise<string> {
  const root = repository(context, files);
  const material = await gather(root, options);
  await applyProposal(root, propose(material, material.decisions, null));
  commit(root);
  return root;
}

export const SCRIPT =
  "#!/bin/sh\nset -e\npython3 -m venv venv\n. venv/bin/activate\npip install -r a/requirements.txt\npython3 a/main.py\n";

export function commit(root: string): void {
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "-m", "x");
}

export const gathered = (root: string) => gatherMigration(root, options, standInFinder);

/**
 * A stand-in for the finders of call sites, which have tests of their own: it knows the lines of
 * SCRIPT. The call hangs on the block that makes the environment, as calls do.
 */
function standInFinder({ files, excluded }: MigrationInput): Site[] {
  return files.flatMap(({ path, text }): Site[] => {
    if (!path.endsWith("sh")) return [];
    const block = /python3 -m venv venv\r?\n[^\n]+\npip install -r (\S+)/.exec(text);
    const calls = [...text.matchAll(/^python3(?= (?!build\/)\S+\.py)/gm)];
    const site = (index: number, from: string, to: string, names: string[]): Site => {
      const line = text.slice(0, index).split("\n").length;
      return {
        ...{ id: `${path}:${line}`, path, line, column: 1, kind: "rewrite", names },
        ...{ text: from.split(/\r?\n/)[0]!, reason: "A stand-in's reason." },
        edits: [{ start: index, end: index + from.length, text: to }],
        ...{ alternative: null, listed: [], stillNames: [], creates: [] },
      };
    };
    const sites = calls.map(({ index, 0: from }) => site(index, from, "build/python/run.py", []));
    if (!block) return sites;
    const made = site(block.index, block[0], "python3 build/python/setup.py", [block[1]!]);
    return excluded.has(made.id) ? [made] : [made, ...sites];
  });
}

/** Every file of the repository with its bytes and mode; git's, and what undo keeps, left out. */
export function snapshot(root: string): Record<string, string> {
  const paths = execFileSync(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    { cwd: root },
  )
    .toString()
    .split("\0")
    .filter((path) => path !== "" && !path.includes(".undo") && existsSync(join(root, path)));
  return Object.fromEntries(
    [...new Set(paths)].sort().map((path) => {
      const mode = (statSync(join(root, path)).mode & 0o777).toString(8);
      return [path, `${mode} ${readFileSync(join(root, path)).toString("latin1")}`];
    }),
  );
}
