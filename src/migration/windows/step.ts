import type { Fragment } from "../fragment.ts";
import type { Site } from "../site.ts";
import type { Act } from "./act.ts";
import type { Guard, WindowsCommand, WindowsDialect } from "./commands.ts";

/** Windows text of one file that runs one after the other. */
export interface WindowsJob {
  readonly path: string;
  readonly dialect: WindowsDialect;
  readonly fragment: Fragment;
  /** Where it may start, relative to the root. */
  readonly start: readonly string[];
  /** What its calls are at best: those of batch files and scripts are only offered. */
  readonly kind: "rewrite" | "offer";
  /** A script that knows its own place (`%~dp0`), unlike a step of CI. */
  readonly file: boolean;
}

/** A command, what it is, and where it runs. */
export interface Step {
  readonly command: WindowsCommand;
  readonly act: Act;
  readonly folders: readonly string[];
  readonly guard: Guard | null;
  /** A report without a reason: where a site of the command stands. */
  readonly place: Site;
}

/** Whether a command makes an environment, or installs what is accounted for. */
export function isFill({ kind }: Act): boolean {
  return kind === "make" || kind === "install" || kind === "upgrade";
}
