import { join } from "node:path";
import { execa } from "execa";
import { showProgress } from "./progress.mjs";

/**
 * `npm install` packages into a folder of their own, showing progress as `what`. The error holds
 * the end of npm's output.
 */
export async function npmInstall(folder: string, packages: string[], what: string): Promise<void> {
  const stop = showProgress(what);
  const args = ["install", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error"];
  const cli = process.env.npm_execpath;
  const [program, first] = cli?.endsWith(".js") ? [process.execPath, [cli]] : ["npm", []];
  try {
    await execa(program, [...first, ...args, ...packages], {
      cwd: folder,
      env: npmEnvironment(),
      extendEnv: false,
      preferLocal: true,
      localDir: join(import.meta.dirname, ".."),
      all: true,
      stdin: "ignore",
      forceKillAfterDelay: 2000,
    });
  } catch (error) {
    const output = String((error as { all?: string }).all ?? error);
    throw new Error(`npm could not install ${packages.join(", ")}:\n${lastLines(output, 30)}`);
  } finally {
    stop();
  }
}

/**
 * Our environment without what the npm that started us set for its own run: its user agent would
 * name the wrong Node, its prefix the wrong folder. From npm 12 on, install scripts run only where
 * they are allowed; those of a package that we name to run it are.
 */
function npmEnvironment(): Record<string, string> {
  const ours = /^npm_(config_(user_agent|.*prefix|npm_version)|package_.*|lifecycle_.*|node_.*)$/i;
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => !ours.test(entry[0]) && entry[1] !== undefined,
  );
  return { ...Object.fromEntries(kept), npm_config_dangerously_allow_all_scripts: "true" };
}

function lastLines(text: string, count: number): string {
  return text.trimEnd().split("\n").slice(-count).join("\n");
}
