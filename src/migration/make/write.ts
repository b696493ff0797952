import { ROOT } from "../shell/value.ts";
import { expandPlainly, here, type Program } from "./program.ts";

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
  if (program.folders.length !== 1) return null;
  return doubled.replaceAll(ROOT, () => rootText(program));
}

/** The root's absolute path in make's words, where its folder is known. */
function rootText(program: Program): string {
  return `$(CURDIR)${"/..".repeat(depthOf(program))}`;
}

/** All that names the root's absolute path in a recipe: CURDIR first, then variables of its own. */
export function rootTexts(program: Program): readonly string[] {
  if (program.folders.length !== 1) return [];
  const names = program.definitions.flatMap(({ assignment: { name, targets, branch, lines } }) =>
    targets === null && branch.length === 0 && !lines ? [name.text] : [],
  );
  const own = [...new Set(names)].filter((name) => {
    const text = `$(${name})`;
    const at = Array.from({ length: text.length + 1 }, () => 0);
    const origin = { path: program.entry, text: { text, at }, definition: null };
    return (
      names.indexOf(name) === names.lastIndexOf(name) &&
      expandPlainly(program, origin).text === ROOT
    );
  });
  return [rootText(program), ...own.map((name) => `$(${name})`)];
}

/** A path from the root, as make's own folder sees it. */
export function fromHere(program: Program, path: string): string {
  return "../".repeat(depthOf(program)) + path;
}

function depthOf(program: Program): number {
  return here(program).slice(ROOT.length).split("/").filter(Boolean).length;
}
