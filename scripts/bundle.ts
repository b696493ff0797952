import { join } from "node:path";
import { execa } from "execa";

const root = join(import.meta.dirname, "..");

/** Bundle the extension and the command line into dist/; the error holds what webpack said. */
export async function bundle(options: { production: boolean }): Promise<void> {
  const args = options.production ? ["--env", "production"] : [];
  await runTool("webpack", args);
}

/** Run a program of node_modules/.bin at the root of the project; what it printed. */
export async function runTool(program: string, args: string[], cwd = root): Promise<string> {
  const run = await execa(program, args, {
    cwd,
    preferLocal: true,
    localDir: root,
    reject: false,
    all: true,
    stdin: "ignore",
  });
  if (run.failed) throw new Error(run.all || run.shortMessage);
  return run.all;
}
