import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Reading, Span } from "../../../src/requirements/declaration.ts";
import { decode } from "../../../src/requirements/readers/decode.ts";
import { readRequirementsFile } from "../../../src/requirements/readers/requirements-txt.ts";

/** What pip's own reader makes of a line (an entry of pip-oracle.json). */
export interface OracleEntry {
  readonly line: number;
  readonly file: string;
  readonly req?: string;
  readonly editable?: boolean;
  readonly constraint?: boolean;
  readonly options?: {
    readonly hashes?: Record<string, string[]>;
    readonly config_settings?: object;
  };
  readonly name?: string | null;
  readonly spec?: string | null;
  readonly extras?: readonly string[];
  readonly markers?: string | null;
  readonly link?: string | null;
  readonly err?: string;
  readonly opts?: Readonly<Record<string, unknown>>;
}

/** One thing that a line says, in a form that pip's entries and ours share. */
export interface Said {
  readonly line: number;
  readonly file: string;
  readonly kind: "requirement" | "refused" | "options";
  readonly text: string;
}

/** Every entry of a file and of what it includes, in pip's order, as our reader has it. */
export function ours(
  path: string,
  constraint = false,
  above: readonly string[] = [],
  alone = false,
): Said[] {
  const read = readRequirementsFile(basename(path), decode(readFileSync(path)).text);
  const found: { span: Span; said: Said[] }[] = [];
  const add = (span: Span, kind: Said["kind"], text: string) =>
    found.push({ span, said: [{ line: span.line, file: read.file, kind, text }] });
  for (const one of read.declarations) add(one.span, "requirement", ourText(one, constraint));
  for (const one of read.notUnderstood) add(one.span, "refused", one.reason);
  for (const [line, text] of ourOptions(read)) {
    found.push({
      span: { line, column: 1, endLine: line, endColumn: 1 },
      said: [{ line, file: read.file, kind: "options", text }],
    });
  }
  for (const one of read.references) {
    const target = join(dirname(path), one.target);
    if (alone || above.includes(target)) continue;
    const nested = ours(target, one.kind === "constraint", [...above, path]);
    found.push({ span: one.span, said: nested });
  }
  found.sort((a, b) => a.span.line - b.span.line);
  return found.flatMap((one) => one.said);
}

function ourText(one: Reading["declarations"][number], constraint: boolean): string {
  return JSON.stringify({
    name: one.name,
    spec: one.specifier.split(",").sort().join(","),
    extras: one.extras,
    marker: one.marker,
    link: one.link === null ? null : plainLink(one.link),
    editable: one.editable,
    constraint,
    hashes: one.hashes,
  });
}

/** Options by line, as pip's dictionary of them. */
function ourOptions(read: Reading): Map<number, string> {
  const lines = new Map<number, Record<string, unknown>>();
  const lists: Record<string, string> = {
    "extra-index-url": "extra_index_urls",
    "find-links": "find_links",
    "trusted-host": "trusted_hosts",
    "use-feature": "features_enabled",
  };
  for (const { name, value, span } of read.options) {
    const line = lines.get(span.line) ?? {};
    const list = lists[name];
    if (list !== undefined) line[list] = [...((line[list] as string[]) ?? []), value];
    else if (/binary$/.test(name) && value !== null) line[name] = value;
    else line[name.replaceAll("-", "_")] = value ?? true;
    lines.set(span.line, line);
  }
  return new Map([...lines].map(([line, options]) => [line, JSON.stringify(options)]));
}

/** pip's entry in the same form. */
export function theirs(entry: OracleEntry): Said {
  const { line } = entry;
  const file = basename(entry.file);
  if (entry.opts !== undefined)
    return { line, file, kind: "options", text: theirOptions(entry.opts) };
  if (entry.err !== undefined) return { line, file, kind: "refused", text: entry.err };
  const text = JSON.stringify({
    name: entry.name,
    spec: (entry.spec ?? "").split(",").sort().join(","),
    extras: entry.extras,
    marker: entry.markers,
    link: entry.link === null ? null : plainLink(entry.link!),
    editable: entry.editable,
    constraint: entry.constraint,
    hashes: Object.entries(entry.options?.hashes ?? {}).flatMap(([kind, values]) =>
      values.map((value) => `${kind}:${value}`),
    ),
  });
  return { line, file, kind: "requirement", text };
}

function theirOptions(opts: Readonly<Record<string, unknown>>): string {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(opts)) {
    if (name === "format_control") Object.assign(kept, binaries(String(value)));
    else if (name !== "release_control") kept[name] = value;
  }
  return JSON.stringify(kept);
}

function binaries(control: string): Record<string, string> {
  const [, no, only] = /FormatControl\((.*), (.*)\)/.exec(control)!;
  const names = (set: string) => [...set.matchAll(/'([^']+)'/g)].map((found) => found[1]).join(",");
  const kept: Record<string, string> = {};
  if (names(no!) !== "") kept["no-binary"] = names(no!);
  if (names(only!) !== "") kept["only-binary"] = names(only!);
  return kept;
}

/** A link without what pip writes differently: secrets hidden, `file://` and local paths made absolute. */
function plainLink(link: string): string {
  if (!/^[a-z][a-z0-9+]*:/i.test(link) || /^(file|[a-z]+\+file):/.test(link)) {
    // pip drops the fragment of a relative file URL.
    return `file ${basename(link.includes("../") ? link.replace(/#.*/, "") : link)}`;
  }
  return link.replace(/(:\/\/)[^@/]*@/, "$1****@");
}
