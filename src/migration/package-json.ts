import { jsonAt, jsonFragment, jsonPairs, readJson } from "./formats/json-text.ts";
import type { Fragment } from "./fragment.ts";
import type { FinderInput } from "./input.ts";
import { placesOf } from "./places.ts";
import { isPosixOnly } from "./posix.ts";
import { folderOf } from "./shell/paths.ts";
import { shellSites } from "./shell/sites.ts";
import type { Site } from "./site.ts";
import { brokenJson } from "./vscode/find.ts";

/**
 * The sites of a package.json's scripts. npm runs them where the file is, with sh or with Windows'
 * cmd: so the runner stands behind the Python that is there already.
 */
export function packageJsonSites(path: string, text: string, input: FinderInput): readonly Site[] {
  const places = placesOf(path, text);
  const root = readJson(text);
  if (root === null) return brokenJson(text, places);
  return jsonPairs(jsonAt(root, "scripts")).flatMap(({ key, value }) => {
    const fragment = jsonFragment(text, value);
    if (fragment === null) return [];
    const start = [folderOf(path)];
    const parts = commandsIn(fragment).map((one, i) => ({
      fragment: one,
      start,
      sameShell: false,
      group: `${key.value} ${i}`,
      whole: null,
      offer: null,
    }));
    return shellSites(
      {
        path,
        file: text,
        parts,
        variables: [],
        runner: isPosixOnly(fragment.text) ? { kind: "path" } : { kind: "python", separator: "/" },
        python: "python3",
        anchor: null,
        script: false,
        bareCheckout: false,
        openEnd: false,
      },
      input,
      places,
    ).sites;
  });
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
