import type { FinderInput } from "../input.ts";
import type { WindowsWord } from "./commands.ts";

/** Where a command may run, and what is known there. */
export interface Seen {
  /** Relative to the root. */
  readonly folders: readonly string[];
  /** The folder of the file. */
  readonly own: string;
  readonly input: FinderInput;
}

/** What a command is to a migration. */
export type Act =
  | {
      readonly kind: "call";
      readonly program: WindowsWord;
      readonly version: WindowsWord | null;
      readonly module: boolean;
      readonly script: string | null;
      readonly environment: string | null;
    }
  | {
      readonly kind: "script";
      readonly program: WindowsWord;
      readonly name: string;
      readonly environment: string | null;
    }
  | {
      readonly kind: "make" | "upgrade";
      readonly program: WindowsWord;
      readonly environment: string | null;
    }
  | { readonly kind: "install"; readonly program: WindowsWord; readonly files: readonly string[] }
  | {
      readonly kind: "activate" | "deactivate";
      readonly program: WindowsWord;
      readonly environment: string | null;
    }
  | { readonly kind: "setup" }
  | { readonly kind: "cd"; readonly folder: string }
  | { readonly kind: "back" }
  | { readonly kind: "report"; readonly reason: string; readonly files: readonly string[] }
  | { readonly kind: "harmless" }
  | { readonly kind: "other" };

/** Where a script lies by its own place: `%~dp0`, `$PSScriptRoot`. */
const HERE = /^(%~dp0[\\/]?|\$\{?PSScriptRoot\}?[\\/]?|%~d0%~p0[\\/]?)/i;

/** A path as one to be taken from `folder`, where it may begin with the script's own place. */
export function ownPath(path: string, folder: string, own: string): string {
  const here = HERE.exec(path);
  if (here === null) return path;
  const up = folder
    .split("/")
    .filter((part) => part !== "")
    .map(() => "..");
  return [...up, own, path.slice(here[0].length)].filter((part) => part !== "").join("/") || ".";
}
