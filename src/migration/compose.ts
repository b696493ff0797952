import { yamlFragment } from "./formats/yaml-fragment.ts";
import { allTexts, isProblem, readYaml } from "./formats/yaml-text.ts";
import type { FinderInput } from "./input.ts";
import { mentionsIn, pathsOf } from "./mentions.ts";
import { placesOf } from "./places.ts";
import { reportAt } from "./report.ts";
import { folderOf } from "./shell/paths.ts";
import type { Site } from "./site.ts";

/**
 * What a compose file runs, it runs in containers, and that is left alone. A file of the repository
 * that it mounts or reads is named where it would go.
 */
export function composeSites(path: string, text: string, input: FinderInput): readonly Site[] {
  const places = placesOf(path, text);
  const file = readYaml(text);
  if (isProblem(file)) return [];
  return allTexts(file).flatMap((scalar) => {
    const fragment = scalar.value.length > 5000 ? null : yamlFragment(text, scalar);
    const mentions = fragment === null ? [] : mentionsIn(fragment.text, [folderOf(path)], input);
    const [first] = mentions;
    if (fragment === null || first === undefined) return [];
    const reason = "The container takes this from the repository: change it before that goes.";
    return [reportAt(places, fragment.offsets[first.start]!, reason, pathsOf(mentions))];
  });
}
