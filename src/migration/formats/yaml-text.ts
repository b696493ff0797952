import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseAllDocuments,
  type Scalar,
} from "yaml";

/** Longer than what people write; the parser's time must have a bound. */
const LONGEST = 500_000;

/** A YAML file as it was parsed: one document or more. */
export interface YamlFile {
  readonly text: string;
  readonly documents: readonly Document[];
}

/** Why a file could not be read, and where, as an offset. */
export interface YamlProblem {
  readonly offset: number;
  readonly reason: string;
}

/** A node of a document; `unknown`, since the parser's own types say little of what is inside. */
export type YamlNode = unknown;

/** Every scalar stays the text that it is: 3.10 must not become 3.1. */
export function readYaml(text: string): YamlFile | YamlProblem {
  if (text.length > LONGEST) return { offset: 0, reason: `longer than ${LONGEST} characters` };
  try {
    const documents = [
      ...parseAllDocuments(text, {
        schema: "failsafe",
        logLevel: "silent",
        prettyErrors: false,
        uniqueKeys: false, // its time grows with the square of the keys
        keepSourceTokens: false,
      }),
    ] as Document[];
    const problem = documents.flatMap(({ errors }) => errors)[0];
    if (problem !== undefined) return { offset: problem.pos[0], reason: problem.message };
    return { text, documents };
  } catch {
    return { offset: 0, reason: "nested too deeply" };
  }
}

export function isProblem(read: YamlFile | YamlProblem): read is YamlProblem {
  return "reason" in read;
}

/** What an alias stands for; any other node itself. */
export function resolved(document: Document, node: YamlNode): YamlNode {
  return isAlias(node) ? (node.resolve(document) ?? null) : node;
}

/** The pairs of a map, those that `<<` merges in after its own; none for anything else. */
export function pairsOf(document: Document, node: YamlNode, depth = 0): readonly Pair[] {
  const map = resolved(document, node);
  if (!isMap(map) || depth > 20) return [];
  const merged = map.items
    .filter(({ key }) => textOf(key) === "<<")
    .flatMap(({ value }) => {
      const from = resolved(document, value);
      return isSeq(from) ? from.items : [from];
    })
    .flatMap((from) => pairsOf(document, from, depth + 1));
  const own = map.items.filter(({ key }) => textOf(key) !== "<<");
  const names = new Set(own.map(({ key }) => textOf(key)));
  return [...own, ...merged.filter(({ key }) => !names.has(textOf(key)))];
}

/** The value of a key, aliases and merges followed; null where there is none. */
export function valueAt(document: Document, node: YamlNode, ...path: readonly string[]): YamlNode {
  let at: YamlNode = resolved(document, node);
  for (const name of path) {
    const pair = pairsOf(document, at).find(({ key }) => textOf(key) === name);
    if (pair === undefined) return null;
    at = resolved(document, pair.value);
  }
  return at ?? null;
}

/** The items of a list, aliases followed; none for anything else. */
export function itemsOf(document: Document, node: YamlNode): readonly YamlNode[] {
  const list = resolved(document, node);
  return isSeq(list) ? list.items.map((item) => resolved(document, item)) : [];
}

/** The text of a scalar, or null for anything else. */
export function textOf(node: YamlNode): string | null {
  return isScalar(node) && typeof node.value === "string" ? node.value : null;
}

export type YamlText = Scalar<string> & { readonly range: readonly [number, number, number] };

export function isText(node: YamlNode): node is YamlText {
  return isScalar(node) && typeof node.value === "string" && node.range != null;
}

/** Every text of the file with its place, in order. */
export function allTexts(file: YamlFile): readonly YamlText[] {
  return keyedTexts(file).map(({ scalar }) => scalar);
}

/** Every text of the file, and the key that it belongs to; null for a key itself. */
export function keyedTexts(
  file: YamlFile,
): readonly { readonly scalar: YamlText; readonly key: string | null }[] {
  const found: { scalar: YamlText; key: string | null }[] = [];
  const look = (node: YamlNode, key: string | null): void => {
    if (isText(node)) found.push({ scalar: node, key });
    else if (isSeq(node)) for (const item of node.items) look(item, key);
    else if (isMap(node)) {
      for (const pair of node.items) {
        look(pair.key, null);
        look(pair.value, textOf(pair.key) ?? "");
      }
    }
  };
  for (const { contents } of file.documents) look(contents, "");
  return found;
}
