import { resolve } from "node:path";
import type { Declaration, Reading } from "../../src/requirements/declaration.ts";
import { isFailure } from "../../src/requirements/failure.ts";
import { logicalLines } from "../../src/requirements/readers/logical-lines.ts";
import { isUrl } from "../../src/requirements/readers/pip-link.ts";
import { readRequirementsFile } from "../../src/requirements/readers/requirements-txt.ts";
import { lineStarts, offsetOf } from "../../src/requirements/readers/text.ts";
import { parseSpecifierSet, printSpecifierSet } from "../../src/requirements/specifier.ts";

/** What a line says, as text that can be compared, and the link of its requirement. */
export interface Line {
  readonly text: string;
  readonly link: string | null;
}

/** What our reader makes of a text that lies in `folder`, by the line as Python counts lines. */
export function ours(text: string, folder: string): Map<number, Line> {
  const read = readRequirementsFile("file.txt", text);
  const starts = lineStarts(text);
  const lines = new Map<number, Line>();
  // pip counts an option that stands on a continuation from where the line begins.
  const begins = logicalLines(text).lines.map((line) => line.start);
  const lineOf = ({ span }: Pick<Declaration, "span">) => {
    const offset = offsetOf(starts, span.line, span.column);
    return text
      .slice(
        0,
        begins.findLast((begin) => begin <= offset),
      )
      .split(LINE_END).length;
  };
  const set = (one: Pick<Declaration, "span">, said: string, link: string | null = null) =>
    lines.set(lineOf(one), { text: said, link });
  const options = new Map<number, Map<string, unknown>>();
  for (const one of read.options) {
    options.set(lineOf(one), added(options.get(lineOf(one)) ?? new Map(), one));
  }
  for (const [line, kept] of options) {
    const said = [...kept].filter(([, value]) => !Array.isArray(value) || value.length > 0).sort();
    if (said.length > 0) lines.set(line, { text: JSON.stringify(said), link: null });
  }
  for (const one of read.references) set(one, `${one.kind} ${one.target}`);
  for (const one of read.notUnderstood) set(one, refusal(one.reason));
  for (const one of read.declarations) set(one, requirement(one, folder), one.link);
  return lines;
}

/** What Python's `splitlines` takes for the end of a line. */
const LINE_END = new RegExp(["\r\n", "[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]"].join("|"));

/** pip takes an empty file name for the folder itself and fails when it opens that. */
function refusal(reason: string): string {
  const empty = /^--(requirement|constraint) names no file$/.exec(reason);
  if (empty === null) return "refused";
  return empty[1] === "requirement" ? "include " : "constraint ";
}

function requirement(one: Declaration, folder: string): string {
  return comparable({ ...one, settings: one.configSettings ?? [], folder });
}

/** A requirement as text: lists sorted, extras in lower case, links absolute. */
export function comparable(one: {
  readonly name: string | null;
  readonly specifier: string;
  readonly extras: readonly string[];
  readonly marker: string | null;
  readonly link: string | null;
  readonly editable: boolean;
  readonly hashes: readonly string[];
  readonly settings: readonly string[];
  readonly folder: string;
}): string {
  // pip takes `[x]` at the end of `NAME @ ./path[x]` for the extras, whatever NAME says.
  const unclear = one.name !== null && one.link?.endsWith("]") === true;
  const specifier = parseSpecifierSet(one.specifier);
  return JSON.stringify({
    name: one.name,
    specifier: isFailure(specifier) ? one.specifier : printSpecifierSet(specifier),
    extras: unclear ? [] : [...new Set(one.extras.map((extra) => extra.toLowerCase()))].sort(),
    marker: one.marker,
    link: one.link === null ? null : absolute(one.link, one.folder),
    editable: one.editable,
    hashes: [...one.hashes].sort(),
    settings: [...one.settings].sort(),
  });
}

function absolute(link: string, folder: string): string {
  const isFile = /^file:/i.test(link);
  if (isUrl(link) && !isFile) return link;
  const plain = link.replace(/^file:(\/\/)?/i, "").replace(/ +$/, "");
  // pip makes such a link absolute, and Python drops fragments and tabs on the way.
  const path = link.includes("../") ? plain.replace(/#.*|\t/g, "") : plain;
  return `file ${resolve(folder, isFile ? decodeURIComponent(path) : path).replace(/ +$/, "")}`;
}

const LISTS = new Set(["extra-index-url", "find-links", "trusted-host"]);
/** Which our reader keeps and the script does not report: they differ between pips. */
const UNCOMPARED = new Set(["all-releases", "only-final", "use-feature", "no-require-hashes"]);

function added(
  set: Map<string, unknown>,
  { name, value }: Reading["options"][number],
): Map<string, unknown> {
  if (UNCOMPARED.has(name)) return set;
  if (name.endsWith("-binary") && value !== null) return withBinaries(set, name, value);
  if (LISTS.has(name)) return set.set(name, [...((set.get(name) as string[]) ?? []), value]);
  return set.set(name, value ?? true);
}

/** pip's rule for `:all:`, `:none:` and for a name in both lists: the later wins. */
function withBinaries(
  set: Map<string, unknown>,
  name: string,
  value: string,
): Map<string, unknown> {
  const other = name === "no-binary" ? "only-binary" : "no-binary";
  const mine = new Set((set.get(name) as string[]) ?? []);
  const theirs = new Set((set.get(other) as string[]) ?? []);
  let names = value.split(",");
  while (names.includes(":all:")) {
    theirs.clear();
    mine.clear();
    mine.add(":all:");
    names = names.slice(names.indexOf(":all:") + 1);
    if (!names.includes(":none:")) return set.set(name, [":all:"]).set(other, []);
  }
  for (const one of names) {
    if (one === ":none:") mine.clear();
    else {
      const normal = one.replace(/[-_.]+/g, "-").toLowerCase();
      theirs.delete(normal);
      mine.add(normal);
    }
  }
  return set.set(name, [...mine].sort()).set(other, [...theirs].sort());
}
