import type { Group, Located, Reading } from "../declaration.ts";
import { isFailure } from "../failure.ts";
import { parseMarker } from "../marker.ts";
import { normalizeName } from "../name.ts";
import { parseSpecifierSet } from "../specifier.ts";
import { type Findings, noFindings, type Place, reading } from "./findings.ts";
import { type IniLine, type IniOption, readIni } from "./ini.ts";
import { readPep508 } from "./pep508.ts";
import { lineStarts, spanOf, trimmed } from "./text.ts";

interface Config {
  readonly file: string;
  readonly found: Findings;
  readonly place: (line: IniLine | { readonly start: number; readonly end: number }) => Place;
}

/**
 * Reads a setup.cfg as setuptools does: `[options]` (install_requires, setup_requires,
 * tests_require, python_requires) and `[options.extras_require]`. A value on one line splits on
 * `;`; `file:` names files. Never throws.
 */
export function readSetupCfg(file: string, text: string): Reading {
  const starts = lineStarts(text);
  const place = ({ start, end }: { start: number; end: number }): Place => ({
    span: spanOf(starts, start, end),
    raw: text.slice(start, end),
  });
  const config: Config = { file, found: noFindings(), place };
  const { options, problems } = readIni(text);
  for (const problem of problems) {
    config.found.notUnderstood.push({ ...place(problem), reason: problem.reason });
  }
  let requiresPython: Located | null = null;
  for (const option of options) {
    const name = option.name.replaceAll("-", "_").toLowerCase();
    if (option.section === "options.extras_require") {
      readRequirements(config, option, { kind: "optional", name: normalizeName(option.name) });
    } else if (option.section !== "options") continue;
    else if (name === "install_requires")
      readRequirements(config, option, { kind: "main", name: null });
    else if (name === "setup_requires")
      readRequirements(config, option, { kind: "build", name: null });
    else if (name === "tests_require")
      readRequirements(config, option, { kind: "group", name: "tests" });
    else if (name === "python_requires") requiresPython = pythonOf(config, option);
  }
  const metadata = {
    name: plainValue(options, "name"),
    version: plainValue(options, "version"),
    requiresPython,
  };
  return reading(file, "setup.cfg", config.found, metadata);
}

function readRequirements(config: Config, option: IniOption, group: Group): void {
  const lines = option.lines.filter((line) => line.text !== "");
  const first = lines[0];
  if (first === undefined) return;
  if (option.lines[0] === first && first.text.startsWith("file:")) {
    readFiles(config, lines, group);
    return;
  }
  const alone = option.lines.length === 1;
  for (const item of alone ? separated(first, ";") : lines) {
    const text = withoutComment(item);
    if (text.text !== "") readItem(config, text, group, alone);
  }
}

function readItem(config: Config, item: IniLine, group: Group, alone: boolean): void {
  const { file, found } = config;
  const place = config.place(item);
  if (/%[^%]/.test(item.text.replaceAll("%%", ""))) {
    found.notUnderstood.push({ ...place, reason: "% stands for the value of another option" });
  } else if (alone && !isFailure(parseMarker(item.text))) {
    const reason = "on one line ; separates requirements; a marker needs a line of its own below";
    found.notUnderstood.push({ ...place, reason });
  } else readPep508(item.text.replaceAll("%%", "%"), place, { file, group, found });
}

/** `file: a.txt, b.txt` */
function readFiles(config: Config, lines: readonly IniLine[], group: Group): void {
  for (const [at, line] of lines.entries()) {
    const skip = at === 0 ? "file:".length : 0;
    const rest = { text: line.text.slice(skip), start: line.start + skip, end: line.end };
    for (const item of separated(rest, ",")) {
      const reference = { kind: "include", target: item.text, ...config.place(item) } as const;
      config.found.references.push(group.kind === "main" ? reference : { ...reference, group });
    }
  }
}

function separated(line: IniLine, separator: string): IniLine[] {
  const items: IniLine[] = [];
  let at = 0;
  for (const part of line.text.split(separator)) {
    const { start, end } = trimmed(line.text, at, at + part.length);
    if (start < end) {
      items.push({
        text: line.text.slice(start, end),
        start: line.start + start,
        end: line.start + end,
      });
    }
    at += part.length + separator.length;
  }
  return items;
}

/** setuptools cuts a comment at ` #`. */
function withoutComment(line: IniLine): IniLine {
  const comment = line.text.startsWith("#") ? 0 : line.text.indexOf(" #");
  if (comment < 0) return line;
  const { start, end } = trimmed(line.text, 0, comment);
  return { text: line.text.slice(start, end), start: line.start + start, end: line.start + end };
}

function pythonOf(config: Config, option: IniOption): Located | null {
  const line = option.lines.find((one) => one.text !== "");
  if (line === undefined) return null;
  const place = config.place(line);
  const set = parseSpecifierSet(line.text);
  if (!isFailure(set)) return { value: line.text, span: place.span };
  config.found.notUnderstood.push({ ...place, reason: `python_requires: ${set.message}` });
  return null;
}

/** A name or a version as it stands there; null where a directive (`attr:`, `file:`) computes it. */
function plainValue(options: readonly IniOption[], name: string): string | null {
  const found = options.find((option) => option.section === "metadata" && option.name === name);
  const value = found?.lines[0]?.text ?? "";
  return value === "" || /^(attr|file):/.test(value) ? null : value;
}
