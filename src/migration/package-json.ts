import type { Node } from "jsonc-parser";
import { jsonAt, jsonFragment, jsonItems, jsonPairs, readJson } from "./formats/json-text.ts";
import type { Fragment } from "./fragment.ts";
import { COMMIT, needsVenv } from "./hook.ts";
import type { FinderInput } from "./input.ts";
import { type Places, placesOf } from "./places.ts";
import { isPosixOnly, isWindowsOnly } from "./posix.ts";
import { folderOf } from "./shell/paths.ts";
import { shellSites } from "./shell/sites.ts";
import type { Site } from "./site.ts";
import { brokenJson } from "./vscode/find.ts";
import { windowsSites } from "./windows/sites.ts";

/**
 * The sites of a package.json's scripts, and of the commands that lint-staged and husky run. npm runs
 * scripts where the file is, with sh or with Windows' cmd: so the runner stands behind the Python that
 * is there already.
 */
export function packageJsonSites(path: string, text: string, input: FinderInput): readonly Site[] {
  const places = placesOf(path, text);
  const root = readJson(text);
  if (root === null) return brokenJson(text, places);
  const scripts = jsonPairs(jsonAt(root, "scripts")).map(({ value }) => ({ value, hook: false }));
  const hooks = [jsonAt(root, "lint-staged"), jsonAt(root, "husky", "hooks")]
    .flatMap(textsIn)
    .map((value) => ({ value, hook: true }));
  return [...scripts, ...hooks]
    .flatMap(({ value, hook }) => {
      const fragment = jsonFragment(text, value);
      return fragment === null ? [] : commandSites({ path, text, fragment, hook }, input, places);
    })
    .toSorted((a, b) => a.line - b.line || a.column - b.column);
}

interface Command {
  readonly path: string;
  readonly text: string;
  readonly fragment: Fragment;
  /** Git runs it when somebody commits. */
  readonly hook: boolean;
}

function commandSites(
  { path, text, fragment, hook }: Command,
  input: FinderInput,
  places: Places,
): readonly Site[] {
  const start = [folderOf(path)];
  if (isWindowsOnly(fragment.text)) {
    const job = { path, dialect: "batch", fragment, start, kind: "offer", file: false } as const;
    return windowsSites(job, input, places).sites;
  }
  const posix = isPosixOnly(fragment.text);
  const parts = commandsIn(fragment).map((one, i) => ({
    fragment: one,
    start,
    sameShell: false,
    group: `${fragment.offsets[0]} ${i}`,
    whole: null,
    offer: hook && !needsVenv(fragment.text) ? COMMIT : null,
  }));
  return shellSites(
    {
      path,
      file: text,
      parts,
      variables: [],
      runner: posix || hook ? { kind: "path" } : { kind: "python", separator: "/" },
      python: "python3",
      anchor: null,
      script: false,
      bareCheckout: false,
      openEnd: false,
    },
    input,
    places,
  ).sites;
}

/** The texts of a value: itself, or those of its items and pairs. */
function textsIn(node: Node | null): readonly Node[] {
  if (node === null) return [];
  if (node.type === "string") return [node];
  return [...jsonItems(node), ...jsonPairs(node).map(({ value }) => value)].flatMap(textsIn);
}

/** Programs of npm that run other commands, given as quoted texts or as the rest of the line. */
const RUNS_TEXTS = /^\s*(?:npx\s+)?(?:concurrently|nodemon|start-server-and-test|run-p|wait-on)\s/;
const RUNS_REST =
  /^\s*(?:npx\s+)?(?:cross-env(?:-shell)?(?:\s+\w+=\S*)+|dotenv(?:\s+-e\s+\S+)*\s+--|nodemon(?:\s+-[\w-]+(?:=\S+)?)*\s+--exec)\s+(?!["'])/;

/** The commands of a script: itself, or those that a program of npm runs for it. */
function commandsIn(fragment: Fragment): readonly Fragment[] {
  const { text } = fragment;
  const rest = RUNS_REST.exec(text);
  if (rest !== null) return [slice(fragment, rest[0].length, text.length)];
  if (!RUNS_TEXTS.test(text)) return [fragment];
  return [...text.matchAll(/(["'])((?:(?!\1)[^\\])+)\1/g)].map(({ 2: inner, index }) =>
    slice(fragment, index + 1, index + 1 + inner!.length),
  );
}

function slice({ text, offsets, escape: written }: Fragment, from: number, to: number): Fragment {
  return { text: text.slice(from, to), offsets: offsets.slice(from, to + 1), escape: written };
}
