import { withEdits } from "../edit.ts";
import { lineEnd, lineStart } from "../lines.ts";
import type { Edit, Site } from "../site.ts";
import { allTexts, isProblem, readYaml, type YamlFile, type YamlText } from "./yaml-text.ts";

/**
 * The sites of a YAML file with edits that leave it the file it was: whole lines go with their
 * indentation, a plain text that would read as something else is quoted, and what cannot be written
 * so is reported.
 */
export function writable(file: YamlFile, sites: readonly Site[]): readonly Site[] {
  const { text } = file;
  const texts = allTexts(file);
  const whole: readonly Site[] = sites.map((site) => {
    const edits = site.edits.map((edit) => wholeLines(text, edit));
    const second = site.alternative?.map((edit) => wholeLines(text, edit)) ?? null;
    const fits = second !== null && keepsRest(text, texts, second);
    return { ...site, edits, alternative: fits ? second : null };
  });
  // Nearly always all is well, and one look tells.
  const every = whole.flatMap(({ edits }) => edits);
  if (keepsRest(text, texts, every)) return whole;
  const quoted = texts.reduce((all, one) => quotedIn(text, texts, one, all), whole);
  const all = quoted.flatMap(({ edits }) => edits);
  if (keepsRest(text, texts, all)) return quoted;
  return quoted.map((site) =>
    site.edits.length === 0 || keepsRest(text, texts, sharing(site, quoted, texts))
      ? site
      : unwritable(site),
  );
}

/** The edits of a site and of all that edit a text together with it. */
function sharing(site: Site, all: readonly Site[], texts: readonly YamlText[]): readonly Edit[] {
  const own = texts.filter((one) => site.edits.some((edit) => isWithin(edit, one)));
  return all
    .filter(
      ({ id, edits }) =>
        id === site.id || edits.some((edit) => own.some((one) => isWithin(edit, one))),
    )
    .flatMap(({ edits }) => edits);
}

/**
 * A plain text that its edits would make something else is put in quotes: by the first of its sites,
 * for all of them.
 */
function quotedIn(
  text: string,
  texts: readonly YamlText[],
  one: YamlText,
  sites: readonly Site[],
): readonly Site[] {
  if (one.type !== "PLAIN") return sites;
  const inside = sites.flatMap(({ edits }) => edits).filter((edit) => isWithin(edit, one));
  if (inside.length === 0 || keepsRest(text, texts, inside)) return sites;
  const [start, end] = one.range;
  if (text.slice(start, end) !== one.value || one.value.includes("\n")) return sites;
  const at = Math.min(...inside.map((edit) => edit.start));
  const first = sites.find(({ edits }) =>
    edits.some((edit) => edit.start === at && isWithin(edit, one)),
  );
  const doubled = [...one.value.matchAll(/'/g)]
    .map(({ index }) => start + index)
    .filter((place) => !inside.some((edit) => edit.start <= place && edit.end > place))
    .map((place) => ({ start: place, end: place, text: "'" }));
  return sites.map((site) => {
    const edits = site.edits.map((edit) =>
      isWithin(edit, one) ? { ...edit, text: edit.text.replaceAll("'", "''") } : edit,
    );
    if (site !== first) return { ...site, edits };
    const quotes = [{ start, end: start, text: "'" }, ...doubled];
    return {
      ...site,
      edits: [...quotes, ...edits, { start: end, end, text: "'" }],
      alternative: null,
    };
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
