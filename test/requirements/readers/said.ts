import type { Reading } from "../../../src/requirements/declaration.ts";

/** A reading as lines of text, so that a test can show what it expects at a glance. */
export function said(read: Reading): string[] {
  const at = (one: { readonly span: Reading["notes"][number]["span"] }) =>
    `${one.span.line}:${one.span.column}`;
  const group = (one: { readonly kind: string; readonly name: string | null } | undefined) =>
    one === undefined || one.kind === "main"
      ? ""
      : ` (${one.kind}${one.name === null ? "" : ` ${one.name}`})`;
  const rows = [
    ...read.declarations.map((one) => {
      const parts = [
        one.editable ? "-e " : "",
        one.name ?? "",
        one.extras.length > 0 ? `[${one.extras.join(",")}]` : "",
        one.specifier,
        one.link === null ? "" : `${one.name === null ? "" : " @ "}${one.link}`,
        one.marker === null ? "" : ` ; ${one.marker}`,
        ...one.hashes.map((hash) => ` --hash=${hash}`),
        ...(one.configSettings ?? []).map((setting) => ` --config-settings=${setting}`),
      ];
      return { one, text: `${at(one)} ${parts.join("")}${group(one.group)}` };
    }),
    ...read.references.map((one) => ({
      one,
      text: `${at(one)} ${one.kind} ${one.target}${group(one.group)}`,
    })),
    ...read.options.map((one) => ({
      one,
      text: `${at(one)} --${one.name}${one.value === null ? "" : ` ${one.value}`}`,
    })),
    ...read.notUnderstood.map((one) => ({ one, text: `${at(one)} ? ${one.reason}` })),
    ...read.notes.map((one) => ({ one, text: `${at(one)} note: ${one.message}` })),
  ];
  return rows
    .sort((a, b) => a.one.span.line - b.one.span.line || a.one.span.column - b.one.span.column)
    .map((row) => row.text);
}
