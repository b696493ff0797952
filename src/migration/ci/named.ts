import { yamlFragment } from "../formats/yaml-fragment.ts";
import type { YamlFile, YamlText } from "../formats/yaml-text.ts";
import { editOfFile, type Fragment } from "../fragment.ts";
import type { FinderInput } from "../input.ts";
import { fitsPattern, type Mention, mentionsIn, pathsOf } from "../mentions.ts";
import type { Places } from "../places.ts";
import { reportAt } from "../report.ts";
import type { Edit, Site } from "../site.ts";

const CENTRAL = "build/python/requirements.txt";

/**
 * Texts of a CI file that no shell runs and that name a source or an environment: keys of caches,
 * paths that start a workflow. A source's name can follow to the central requirements; `moved` says
 * whether the job around an offset is moved, and is null where the file's system is not known.
 */
export function namedSites(
  file: YamlFile,
  texts: readonly { readonly scalar: YamlText; readonly key: string | null }[],
  input: FinderInput,
  places: Places,
  moved: ((offset: number) => boolean) | null,
): readonly Site[] {
  return texts.flatMap(({ scalar, key }) => {
    const written = yamlFragment(file.text, scalar);
    if (written === null || scalar.value.length > 2000) return [];
    const fragment = asPatterns(written);
    const mentions = mentionsIn(fragment.text, [""], input).filter(
      // A pattern that finds the central requirements too goes on to do what it did.
      ({ start, end }) => {
        const word = fragment.text.slice(start, end);
        const pattern = /[*?]/.test(word);
        // One that finds much else besides goes on to find that.
        if (pattern && !/\.(txt|in)$|require/.test(word)) return false;
        return !fitsPattern(word, CENTRAL);
      },
    );
    const [first] = mentions;
    if (first === undefined) return [];
    const names = pathsOf(mentions);
    const at = fragment.offsets[first.start]!;
    const command = isCommand(fragment.text, input);
    const environment = names.some((name) => input.environments.has(name));
    const [whole] = /^(?:\.\/)?[\w./-]+?(?=\/?$)/.exec(fragment.text) ?? [];
    if (
      moved !== null &&
      environment &&
      !command &&
      whole !== undefined &&
      names.length === 1 &&
      input.environments.has(whole.replace(/^\.\//, ""))
    ) {
      const edit = { start: 0, end: whole.length, text: "build/python/venv" };
      const kept = reportAt(places, at, "The path follows to the central venv.", names);
      return [
        { ...kept, kind: "offer" as const, edits: [editOfFile(fragment, edit)], stillNames: [] },
      ];
    }
    if (environment || command || moved === null) {
      return [
        reportAt(places, at, "It names what the migration takes away: change it by hand.", names),
      ];
    }
    const edits: readonly Edit[] = distinct(mentions).map(({ start, end }) =>
      editOfFile(fragment, { start, end, text: CENTRAL }),
    );
    return [
      {
        ...reportAt(places, at, "It follows to the central requirements.", names),
        // The key of a cache says no more than what the job installs, once that is the central venv.
        kind:
          isCacheKey(key, scalar.value) && moved(at) ? ("rewrite" as const) : ("offer" as const),
        edits,
        stillNames: [],
      },
    ];
  });
}

function isCacheKey(key: string | null, text: string): boolean {
  return (
    key === "cache-dependency-path" ||
    (/^(key|restore-keys|keys)$/.test(key ?? "") && /hashFiles|checksum/.test(text))
  );
}

const VARIABLE = /\$\{\{([^'"}]*)\}\}|\{\{([^'"}]*)\}\}|<<([^>]*)>>|\$\(([\w.]+)\)|\$\{?(\w+)\}?/g;
const CHECKOUT = /workspace|project_?dir|sources_?directory|clone_?dir|build_dir|src_dir/i;

/** The text with a `*` for each variable in it, and `.` for the folder of the checkout. */
function asPatterns({ text, offsets, escape: written }: Fragment): Fragment {
  let value = "";
  const places: number[] = [];
  let at = 0;
  for (const { 0: whole, index } of text.matchAll(VARIABLE)) {
    value += text.slice(at, index) + (CHECKOUT.test(whole) ? "." : "*");
    places.push(...offsets.slice(at, index), offsets[index]!);
    at = index + whole.length;
  }
  return {
    text: value + text.slice(at),
    offsets: [...places, ...offsets.slice(at)],
    escape: written,
  };
}

function distinct(mentions: readonly Mention[]): readonly Mention[] {
  return [...new Map(mentions.map((one) => [one.start, one])).values()];
}

/** A text that is a command, not a path, is nobody's to edit here. */
function isCommand(text: string, { accounted }: FinderInput): boolean {
  const words = text.trim().split(/\s+/);
  const paths = words.filter((word) => accounted.has(word.replace(/^\.\//, "")));
  return words.length > paths.length && !/hashFiles|checksum/.test(text) && words.length > 1;
}
