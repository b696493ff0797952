import { isMap, isScalar } from "yaml";
import { itemsOf, textOf, valueAt, type YamlFile, type YamlNode } from "../formats/yaml-text.ts";

export type YamlDocument = YamlFile["documents"][number];

/** A job of a workflow, or the steps of a composite action. */
export interface Job {
  readonly name: string;
  readonly node: YamlNode;
  readonly steps: readonly YamlNode[];
  readonly document: YamlDocument;
  readonly root: YamlNode;
  readonly file: YamlFile;
  /** A composite action: a step names its shell, and runs where the workflow is. */
  readonly action: boolean;
}

/** A text with the values of `env` and of a matrix put in, one for each value of the matrix. */
export function expanded(job: Job, step: YamlNode, text: string): readonly string[] {
  const { document, node, root } = job;
  const found = /\$\{\{\s*(env|matrix)\.([\w-]+)\s*\}\}/.exec(text);
  if (found === null) return [text];
  const [whole, kind, name] = found;
  const values =
    kind === "matrix"
      ? matrixValues(job, name!)
      : [step, node, root]
          .flatMap((from) => textOf(valueAt(document, from, "env", name!)) ?? [])
          .slice(0, 1);
  if (values === null || values.length === 0 || values.length > 50) return [text];
  return values.flatMap((value) =>
    value.includes("${{")
      ? [text]
      : expanded(
          job,
          step,
          text.replace(whole, () => value),
        ),
  );
}

/** All values of a key of the matrix, those of `include` too; null where they are computed. */
export function matrixValues({ document, node }: Job, name: string): readonly string[] | null {
  const matrix = valueAt(document, node, "strategy", "matrix");
  if (!isMap(matrix)) return matrix === null ? [] : null;
  const list = valueAt(document, matrix, name);
  const included = itemsOf(document, valueAt(document, matrix, "include")).flatMap(
    (one) => textOf(valueAt(document, one, name)) ?? [],
  );
  if (isScalar(list)) return null;
  const own = itemsOf(document, list).map(textOf);
  if (own.some((one) => one === null)) return null;
  return [...new Set([...(own as string[]), ...included])];
}
