import { yamlFragment } from "../formats/yaml-fragment.ts";
import { isText, itemsOf, textOf, valueAt, type YamlFile } from "../formats/yaml-text.ts";
import { editOfFile } from "../fragment.ts";
import type { FinderInput } from "../input.ts";
import { resolvedFrom } from "../paths.ts";
import type { Places } from "../places.ts";
import { reportAt } from "../report.ts";
import { folderOf } from "../shell/paths.ts";
import type { Site } from "../site.ts";

const HOME = "/build/python";

/** The folders in which Dependabot looks for sources: the first follows, the others are needless then. */
export function dependabotSites(
  file: YamlFile,
  input: FinderInput,
  places: Places,
): readonly Site[] {
  const entries = file.documents.flatMap((document) =>
    itemsOf(document, valueAt(document, document.contents, "updates"))
      .filter((one) => textOf(valueAt(document, one, "package-ecosystem")) === "pip")
      .flatMap((one) => [
        valueAt(document, one, "directory"),
        ...itemsOf(document, valueAt(document, one, "directories")),
      ]),
  );
  let taken = entries.some((one) => textOf(one) === HOME);
  return entries.flatMap((scalar) => {
    const fragment = isText(scalar) ? yamlFragment(file.text, scalar) : null;
    const folder =
      fragment === null ? null : resolvedFrom("", `.${fragment.text.replace(/^\.?\/?/, "/")}`);
    const names = [...input.accounted].filter((source) => folderOf(source) === folder);
    if (fragment === null || names.length === 0) return [];
    const at = fragment.offsets[0]!;
    if (taken) {
      return [
        reportAt(
          places,
          at,
          "Dependabot looks here for what goes: build/python has it all.",
          names,
        ),
      ];
    }
    taken = true;
    const edit = editOfFile(fragment, { start: 0, end: fragment.text.length, text: HOME });
    const site = reportAt(places, at, "Dependabot follows to the central requirements.", names);
    return [{ ...site, kind: "offer" as const, edits: [edit], stillNames: [] }];
  });
}
