import { join } from "node:path";
import { execa } from "execa";
import { MessageError } from "../plan/message.ts";
import { exists } from "./exists.ts";
import { SETUP } from "./layout.ts";

/** One reason why the central venv is not what the files say, and the command that mends it. */
export interface Reason {
  readonly code: string;
  readonly message: string;
  readonly mend: string;
}

/** What `setup.py check --json` reports. */
export interface CheckReport {
  readonly healthy: boolean;
  readonly reasons: readonly Reason[];
  /** major.minor.micro of the venv's Python, and of what it was built with; null without a build. */
  readonly python: string | null;
  readonly installer: string | null;
  /** When the build ended, in seconds since 1970. */
  readonly built: number | null;
  readonly packages: number | null;
}

/** Asks setup.py how the central venv stands. `python` is the interpreter that runs it. */
export async function checkVenv(root: string, python: string): Promise<CheckReport> {
  const setup = join(root, ...SETUP.split("/"));
  const there = await exists(root, SETUP);
  if (!there) {
    const message = `${SETUP} is missing`;
    const mend = "One Venv: Consolidate Requirements";
    return { ...NOTHING, reasons: [{ code: "no-setup", message, mend }] };
  }
  const { stdout, stderr } = await execa(python, [setup, "check", "--json"], {
    cwd: root,
    reject: false,
    timeout: 180_000,
  });
  try {
    return JSON.parse(stdout) as CheckReport;
  } catch (error) {
    throw new MessageError(
      `${SETUP} check gave no answer: ${stderr.trim() || stdout.trim() || "nothing was printed"}`,
      { cause: error },
    );
  }
}

const NOTHING: CheckReport = {
  healthy: false,
  reasons: [],
  python: null,
  installer: null,
  built: null,
  packages: null,
};

/** How much is wrong: nothing to run with, nothing that runs, or something that runs but is behind. */
export function severity({
  reasons,
}: CheckReport): "healthy" | "no venv" | "broken" | "out of date" | "sources changed" {
  const codes = reasons.map(({ code }) => code);
  if (codes.length === 0) return "healthy";
  if (codes.includes("no-venv") || codes.includes("building")) return "no venv";
  if (codes.some((code) => BROKEN.has(code))) return "broken";
  return codes.every((code) => AROUND.has(code)) ? "sources changed" : "out of date";
}

/** Reasons that lie around the venv, not in it: it runs, and a build mends none of them. */
const AROUND = new Set(["returned", "tracked-environment", "export-behind"]);

/** Reasons that keep scripts from running at all, or from running with what was built. */
const BROKEN = new Set([
  "interpreter-gone",
  "moved",
  "not-a-venv",
  "linked",
  "no-record",
  "wrong-python",
  "no-setup",
  "decisions",
]);
