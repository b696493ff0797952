import { writable } from "./formats/yaml-check.ts";
import { yamlFragment } from "./formats/yaml-fragment.ts";
import {
  allTexts,
  isProblem,
  isText,
  itemsOf,
  readYaml,
  textOf,
  valueAt,
  type YamlFile,
  type YamlNode,
} from "./formats/yaml-text.ts";
import { COMMIT, needsVenv } from "./hook.ts";
import type { FinderInput } from "./input.ts";
import { mentionsIn, pathsOf } from "./mentions.ts";
import { placesOf } from "./places.ts";
import { reportAt } from "./report.ts";
import { mentionIn } from "./shell/mention.ts";
import { shellSites } from "./shell/sites.ts";
import type { Site } from "./site.ts";

/**
 * The sites of local hooks that run a program of the machine; pre-commit starts them at the top of
 * the repository. Hooks of the language python have an environment of their own.
 */
export function preCommitSites(path: string, text: string, input: FinderInput): readonly Site[] {
  const places = placesOf(path, text);
  const file = readYaml(text);
  if (isProblem(file)) {
    const at = mentionIn(text);
    const reason = `It is not valid YAML (line ${places.lineOf(file.offset)}): ${file.reason}`;
    return at < 0 ? [] : [reportAt(places, at, reason)];
  }
  const called = hooksOf(file).flatMap(({ entry }) => {
    const fragment = isText(entry) ? yamlFragment(text, entry) : null;
    if (fragment === null) return [];
    const offer = needsVenv(fragment.text) ? null : COMMIT;
    const part = {
      fragment,
      start: [""],
      sameShell: false,
      group: `${fragment.offsets[0]}`,
      whole: null,
      offer,
    };
    const job = {
      path,
      file: text,
      parts: [part],
      variables: [],
      runner: { kind: "path" as const },
      python: "python3",
      anchor: null,
      script: false,
      bareCheckout: false,
      openEnd: false,
    };
    return shellSites(job, input, places).sites;
  });
  const lines = new Set(called.map(({ line }) => line));
  const named = allTexts(file).flatMap((scalar) => {
    const fragment =
      scalar.value.length > 1000 || /[\\^$|]/.test(scalar.value)
        ? null
        : yamlFragment(text, scalar);
    if (fragment === null) return [];
    const [first, ...more] = mentionsIn(fragment.text, [""], input);
    if (first === undefined || lines.has(places.lineOf(fragment.offsets[first.start]!))) return [];
    const reason = "A hook names what the migration takes away: change it by hand.";
    return [reportAt(places, fragment.offsets[first.start]!, reason, pathsOf([first, ...more]))];
  });
  return writable(file, [...called, ...named]).toSorted(
    (a, b) => a.line - b.line || a.column - b.column,
  );
}

/** The local hooks whose program pre-commit takes from the machine or the repository. */
function hooksOf(file: YamlFile): readonly { readonly entry: YamlNode }[] {
  return file.documents.flatMap((document) =>
    itemsOf(document, valueAt(document, document.contents, "repos")).flatMap((repo) => {
      if (textOf(valueAt(document, repo, "repo")) !== "local") return [];
      return itemsOf(document, valueAt(document, repo, "hooks")).flatMap((hook) => {
        const language = textOf(valueAt(document, hook, "language")) ?? "";
        const own = /^(system|script|unsupported|unsupported_script)$/.test(language);
        return own ? [{ entry: valueAt(document, hook, "entry") }] : [];
      });
    }),
  );
}
