import { join } from "node:path";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { personsEnvironment } from "../environment.ts";
import { startOwned } from "../owned.ts";
import { startShowing } from "./output.ts";
import { paint } from "./paper.ts";
import { startJudging } from "./shorten.ts";

const launcher = join(import.meta.dirname, "..", "..", "dist", "one-venv.cjs");
const windows = process.platform === "win32";

/** What came of a command: its exit code, and all that it printed, without colours. */
export interface Ran {
  readonly exit: number | null;
  readonly output: string;
}

/** The words as a person types them. */
export function typed(words: readonly string[]): string {
  return words.map((word) => (/^[\w./=:-]+$/.test(word) ? word : `"${word}"`)).join(" ");
}

/** Run the words for real, in a folder, and show what they print. */
export async function runShown(folder: string, words: readonly string[]): Promise<Ran> {
  const [program = "", ...args] = programOf(words);
  const env: NodeJS.ProcessEnv = personsEnvironment();
  // A person at a terminal is shown, wherever this runs.
  delete env.CI;
  if (words[0] === "one-venv" && paint("bold", "x") !== "x") env.FORCE_COLOR = "1";
  const { child, ended, stop } = startOwned(program, args, {
    ...{ cwd: folder, env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const judge = startJudging();
  const shown = startShowing();
  const lines: string[] = [];
  const readers = [child.stdout!, child.stderr!].map(async (stream) => {
    for await (const line of createInterface({ input: stream })) {
      lines.push(stripVTControlCharacters(line));
      shown.next(judge(line));
    }
  });
  try {
    const exit = await ended;
    await Promise.all(readers);
    return { exit, output: lines.join("\n") };
  } finally {
    // Takes its listeners away as well.
    await stop();
    shown.end();
  }
}

/** What has to be started for it here: the bundle of this checkout, the Python of this platform. */
function programOf([program = "", ...args]: readonly string[]): string[] {
  if (program === "one-venv") return [process.execPath, launcher, ...args];
  if (windows && program === "python3") return ["python", ...args];
  if (windows && program.endsWith(".py")) return ["python", program, ...args];
  return [program, ...args];
}
