import type { Group } from "../declaration.ts";
import type { Findings, Place } from "./findings.ts";
import { isUrl } from "./pip-link.ts";
import { type LineOption, type LineOptions, optionsStart, parseOptions } from "./pip-options.ts";
import { readEditable, readRequirement } from "./pip-requirement.ts";

/** Where a line's parts stand: offsets in the line, the end exclusive and above the start. */
export type PlaceOf = (start: number, end: number) => Place;

const none: LineOptions = { options: [], strays: [] };

/**
 * Reads one line of a requirements file, continuations joined and comment cut, as pip does: a
 * requirement with its hashes, an editable, an include or constraint, or options. What pip
 * ignores without a word becomes a note.
 */
export function readLine(
  file: string,
  line: string,
  placeOf: PlaceOf,
  group: Group,
  found: Findings,
): void {
  const cut = optionsStart(line);
  const parsed = cut < line.length ? parseOptions(line, cut) : none;
  const whole = () => placeOf(0, line.length);
  if ("message" in parsed) {
    found.notUnderstood.push({ ...whole(), reason: parsed.message });
    return;
  }
  const [stray] = parsed.strays;
  if (stray?.value.startsWith("@") && parsed.options.at(-1)?.name === "editable") {
    found.notUnderstood.push({ ...whole(), reason: "-e takes one word: put NAME @ URL in quotes" });
    return;
  }
  for (const word of parsed.strays) {
    found.notes.push({
      ...placeOf(word.start, word.end),
      message: "pip ignores words after an option",
    });
  }
  // pip keeps white space between the requirement and its options.
  const head = line.slice(0, cut === line.length ? cut : Math.max(cut - 1, 0));
  const editable = parsed.options.find((option) => option.name === "editable");
  if (head === "" && editable === undefined) readOptionsLine(parsed.options, placeOf, found);
  else {
    const place = placeOf(0, line.length);
    readRequirementLine(file, head, editable, parsed.options, place, group, found);
    noteIgnored(head, editable, parsed.options, placeOf, found);
  }
}

/** pip takes what stands before the options for the requirement, and `-e` there for a mark on it. */
function readRequirementLine(
  file: string,
  head: string,
  editable: LineOption | undefined,
  options: readonly LineOption[],
  place: Place,
  group: Group,
  found: Findings,
): void {
  const said =
    editable === undefined
      ? readRequirement(head)
      : readEditable(head === "" ? editable.value! : head);
  if ("message" in said) {
    found.notUnderstood.push({ ...place, reason: said.message });
    return;
  }
  const hashes = editable === undefined ? valuesOf(options, "hash") : [];
  // Written out, since this runs once for every requirement of a repository.
  const declaration = {
    file,
    span: place.span,
    raw: place.raw,
    name: said.name,
    specifier: said.specifier,
    extras: said.extras,
    marker: said.marker,
    link: said.link,
    editable: editable !== undefined,
    hashes,
    group,
  };
  const configSettings = valuesOf(options, "config-settings");
  found.declarations.push(
    configSettings.length === 0 ? declaration : { ...declaration, configSettings },
  );
  if (said.link?.includes("\\") && !isUrl(said.link)) {
    found.notes.push({ ...place, message: "a path with backslashes is one on Windows only" });
  }
}

function noteIgnored(
  head: string,
  editable: LineOption | undefined,
  options: readonly LineOption[],
  placeOf: PlaceOf,
  found: Findings,
): void {
  for (const option of options) {
    if (option.name === "config-settings") continue;
    if (editable === undefined ? option.name === "hash" : head === "" && option === editable)
      continue;
    const message = `pip ignores --${option.name} on a requirement's line`;
    found.notes.push({ ...placeOf(option.start, option.end), message });
  }
}

function valuesOf(options: readonly LineOption[], name: string): string[] {
  return options.flatMap((option) => (option.name === name ? option.value! : []));
}

/** What pip takes from a line without a requirement: one file to read, or options. */
function readOptionsLine(options: readonly LineOption[], placeOf: PlaceOf, found: Findings): void {
  const file =
    options.find((option) => option.name === "requirement") ??
    options.find((option) => option.name === "constraint");
  if (file !== undefined) {
    const place = placeOf(file.start, file.end);
    const kind = file.name === "requirement" ? "include" : "constraint";
    if (file.value === "")
      found.notUnderstood.push({ ...place, reason: `--${file.name} names no file` });
    else found.references.push({ kind, target: file.value!, ...place });
  }
  for (const option of options) {
    if (option === file) continue;
    const ignored =
      file === undefined ? whyIgnored(option, options) : `--${file.name} on the same line`;
    const place = placeOf(option.start, option.end);
    if (ignored === null) found.options.push({ name: option.name, value: option.value, ...place });
    else found.notes.push({ ...place, message: `pip ignores --${option.name} here: ${ignored}` });
  }
}

function whyIgnored(option: LineOption, options: readonly LineOption[]): string | null {
  if (option.name === "hash" || option.name === "config-settings")
    return "no requirement on this line";
  const alike = options.filter((other) => other.name === option.name);
  if (option.name === "index-url" && option !== alike.at(-1))
    return "a later one on the same line wins";
  if (option.name === "index-url" && option.value === "") return "it is empty";
  if (option.name === "find-links" && option !== alike[0]) return "only the first on a line counts";
  return null;
}
