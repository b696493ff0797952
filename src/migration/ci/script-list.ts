import { isSeq } from "yaml";
import { isFlow, itemPlace } from "../formats/yaml-place.ts";
import { isText, resolved, type YamlFile, type YamlNode } from "../formats/yaml-text.ts";
import type { Start } from "../shell/job.ts";
import type { CiPart, Dialect } from "./job.ts";
import { lineOfBlock } from "./line-of-block.ts";

/** What is the same for all texts of a script. */
export interface ScriptSetting {
  readonly start: Start;
  readonly dialect: Dialect;
  /** Where a further line starts, relative to the root. */
  readonly folder: string;
}

/**
 * The texts of a script that is a text or a list of texts, lists in it followed; `other` reads items
 * that are neither.
 */
export function scriptParts(
  file: YamlFile,
  document: YamlFile["documents"][number],
  node: YamlNode,
  setting: ScriptSetting,
  other: (item: YamlNode) => readonly CiPart[] = () => [],
): readonly CiPart[] {
  const script = resolved(document, node);
  const { start, dialect, folder } = setting;
  const rest = { start, dialect, sameShell: true, conditional: false };
  if (isText(script)) {
    return [
      {
        ...rest,
        scalar: script,
        whole: null,
        list: null,
        before: lineOfBlock(file.text, script, folder),
      },
    ];
  }
  if (!isSeq(script) || script.tag?.startsWith("!")) return other(script);
  const items = script.items.map((item) => resolved(document, item));
  return items.flatMap((item): readonly CiPart[] => {
    if (!isText(item)) return scriptParts(file, document, item, setting, other);
    const place = isFlow(script) ? null : itemPlace(file.text, item);
    return [
      {
        ...rest,
        scalar: item,
        whole: items.length > 1 ? place : null,
        list: { node: script, count: items.length },
        before:
          place === null
            ? lineOfBlock(file.text, item, folder)
            : { at: place.dash, folder, text: (command) => `- ${command}\n${place.indent}` },
      },
    ];
  });
}

/** The first of the texts begins a shell, the others go on in it. */
export function inOneShell(parts: readonly CiPart[]): readonly CiPart[] {
  return parts.map((part, i) => ({ ...part, sameShell: i > 0 }));
}
