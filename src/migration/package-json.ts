import { jsonAt, jsonFragment, jsonPairs, readJson } from "./formats/json-text.ts";
import type { FinderInput } from "./input.ts";
import { folderOf } from "./paths.ts";
import { placesOf } from "./places.ts";
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
    const group = `${key.value}`;
    return shellSites(
      {
        path,
        file: text,
        parts: [{ fragment, start, sameShell: false, group, whole: null, offer: null }],
        variables: [],
        runner: { kind: "python", separator: "/" },
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
