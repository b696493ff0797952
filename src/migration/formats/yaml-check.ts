import { withEdits } from "../edit.ts";
import { lineEnd, lineStart } from "../lines.ts";
import type { Edit, Site } from "../site.ts";
import { yamlFragment } from "./yaml-fragment.ts";
import { allTexts, isProblem, readYaml, type YamlFile, type YamlText } from "./yaml-text.ts";

/**
 * The sites of a YAML file with edits that leave it the file it was: whole lines go with their
 * indentation, a plain text that would read as something else is quoted, and what cannot be written
 * so is reported.
 */
export function writable(file: YamlFile, sites: readonly Site[]): readonly Site[] {
  const texts = allTexts(file);
  return sites.map((site) => {
    if (site.edits.length === 0) return site;
    const edits = safeEdits(file, texts, site.edits);
    if (edits === null) return unwritable(site);
    const alternative = site.alternative && safeEdits(file, texts, site.alternative);
    return { ...site, edits, alternative };
  });
}

function unwritable(site: Site): Site {
  return {
    ...site,
    kind: "report",
    reason: `${site.reason} It has to be written by hand: it would change the YAML around it.`,
    edits: [],
    alternative: null,
    stillNames: site.names,
    creates: [],
  };
}

function safeEdits(
  { text }: YamlFile,
  texts: readonly YamlText[],
  wanted: readonly Edit[],
): readonly Edit[] | null {
  const edits = wanted.map((edit) => wholeLines(text, edit));
  if (keepsRest(text, texts, edits)) return edits;
  const quoted = requoted(text, texts, edits);
  return quoted !== null && keepsRest(text, texts, quoted) ? quoted : null;
}

/** A deletion of all that a line holds takes the line. */
export function wholeLines(text: string, edit: Edit): Edit {
  if (edit.text !== "" || edit.start === edit.end) return edit;
  const start = lineStart(text, edit.start);
  if (start === edit.start || text.slice(start, edit.start).trim() !== "") return edit;
  const rest = text.slice(edit.end, lineEnd(text, edit.end));
  if (edit.end === lineStart(text, edit.end)) return { ...edit, start };
  if (rest.trim() !== "") return edit;
  return { ...edit, start, end: lineEnd(text, edit.end) };
}

/** Whether every text outside of the edits is as it was, and those that were edited are still one. */
function keepsRest(text: string, texts: readonly YamlText[], edits: readonly Edit[]): boolean {
  const ordered = edits.toSorted((a, b) => a.start - b.start);
  if (ordered.some((edit, i) => edit.start < (ordered[i - 1]?.end ?? 0))) return false;
  const after = readYaml(withEdits(text, edits));
  if (isProblem(after)) return false;
  const now = new Map(allTexts(after).map((one) => [one.range[0], one]));
  return texts.every((one) => {
    const { value, range } = one;
    const [start, end] = range;
    if (ordered.some((edit) => edit.start <= start && edit.end >= end && edit.end > edit.start))
      return true;
    const within = ordered.filter((edit) => isWithin(edit, one));
    const before = ordered.filter((edit) => edit.end <= start && !within.includes(edit));
    const same = now.get(start + growth(before));
    if (same === undefined || same.range[1] - same.range[0] !== end - start + growth(within))
      return false;
    return within.length > 0 || same.value === value;
  });
}

/** Whether an edit is one of the text itself; a line added before or behind it is not. */
function isWithin({ start, end, text }: Edit, { range }: YamlText): boolean {
  if (start < range[0] || end > range[1]) return false;
  return start < end || !text.includes("\n") || (start > range[0] && start < range[1]);
}

function growth(edits: readonly Edit[]): number {
  return edits.reduce((sum, edit) => sum + edit.text.length - (edit.end - edit.start), 0);
}

/** The one plain text that the edits are in, in single quotes. */
function requoted(
  text: string,
  texts: readonly YamlText[],
  edits: readonly Edit[],
): readonly Edit[] | null {
  const held = texts.find(({ range }) =>
    edits.some((edit) => edit.start >= range[0] && edit.end <= range[1]),
  );
  if (held === undefined || held.type !== "PLAIN" || held.value.includes("\n")) return null;
  const [start, end] = held.range;
  const inside = edits.filter((edit) => edit.start >= start && edit.end <= end);
  if (yamlFragment(text, held) === null || text.slice(start, end) !== held.value) return null;
  const shifted = inside.map((edit) => ({
    ...edit,
    start: edit.start - start,
    end: edit.end - start,
  }));
  const value = withEdits(held.value, shifted);
  const whole = { start, end, text: `'${value.replaceAll("'", "''")}'` };
  return [...edits.filter((edit) => !inside.includes(edit)), whole];
}
