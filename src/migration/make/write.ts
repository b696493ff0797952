import { ROOT } from "../shell/value.ts";
import { here, type Program } from "./program.ts";

/** A path below build/python in text of the engine: how it is reached, and what stands around. */
interface Reached {
  readonly quote: string;
  /** The path from the root. */
  readonly path: string;
  readonly rest: string;
}

const CENTRAL_PATH = /^(["']?)(?:\.\.\/)*(build\/python\/[^\s"']*)\1([\s\S]*)$/;

/** Reads text that begins with a path below build/python; null for any other. */
export function reached(text: string): Reached | null {
  const found = CENTRAL_PATH.exec(text.replace(`${ROOT}/`, ""));
  return found && { quote: found[1]!, path: found[2]!, rest: found[3]! };
}

/** The same for every way to reach the same file. */
export function normalText(text: string): string {
  const found = reached(text);
  return found ? found.path + found.rest : text;
}

/** Shell text as it stands in a makefile; null where the root cannot be named in it. */
export function makeText(text: string, program: Program): string | null {
  const doubled = text.replaceAll("$", "$$$$");
  if (!doubled.includes(ROOT)) return doubled;
  const root = rootText(program);
  return root === null ? null : doubled.replaceAll(ROOT, () => root);
}

/** The root's absolute path in make's words. */
export function rootText(program: Program): string | null {
  if (program.folders.length !== 1) return null;
  return `$(CURDIR)${"/..".repeat(depthOf(program))}`;
}

/** A path from the root, as make's own folder sees it. */
export function fromHere(program: Program, path: string): string {
  return "../".repeat(depthOf(program)) + path;
}

function depthOf(program: Program): number {
  return here(program).slice(ROOT.length).split("/").filter(Boolean).length;
}
