import { isSpace, trimmed } from "./text.ts";

/** A line of a value, without white space around it, by its offsets in the file. */
export interface IniLine {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** An option and its value; an option written without a delimiter has no lines. */
export interface IniOption {
  readonly section: string;
  readonly name: string;
  readonly start: number;
  /** The first line is what stands behind the delimiter, maybe empty; empty lines are left out. */
  readonly lines: readonly IniLine[];
}

/** Something that Python's configparser would refuse the whole file for. */
export interface IniProblem {
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

const NEWLINES = /\r\n|\r|\n/g;

/**
 * Reads an ini file as Python's configparser does: values go on over lines indented deeper than
 * their option, `#` and `;` begin a comment at the start of a line only, `=` and `:` delimit. What
 * configparser refuses is named and the rest is still read.
 */
export function readIni(text: string): { options: IniOption[]; problems: IniProblem[] } {
  const options: (IniOption & { lines: IniLine[] })[] = [];
  const problems: IniProblem[] = [];
  const seen = new Set<string>();
  let section: string | null = null;
  let option: (IniOption & { lines: IniLine[] }) | null = null;
  let indent = 0;
  for (const [lineStart, lineEnd] of physicalLines(text)) {
    const { start, end } = trimmed(text, lineStart, lineEnd);
    if (start === end || text[start] === "#" || text[start] === ";") continue;
    const line: IniLine = { text: text.slice(start, end), start, end };
    if (option !== null && start - lineStart > indent) {
      option.lines.push(line);
      continue;
    }
    indent = start - lineStart;
    const refuse = (reason: string) => problems.push({ start, end, reason });
    const header = /^\[(.+)\]/.exec(line.text)?.[1];
    if (header !== undefined) {
      if (seen.has(`[${header}`)) refuse(`a second section [${header}]`);
      seen.add(`[${header}`);
      section = header;
      option = null;
    } else if (section === null) refuse("no section header above this line");
    else {
      option = optionOf(line, section);
      if (option === null) refuse("neither an option nor a section");
      else if (seen.has(`${section}]${option.name}`))
        refuse(`a second ${option.name} in [${section}]`);
      else options.push(option);
      if (option !== null) seen.add(`${section}]${option.name}`);
    }
  }
  return { options, problems };
}

function* physicalLines(text: string): Generator<readonly [number, number]> {
  let start = 0;
  for (const found of text.matchAll(NEWLINES)) {
    yield [start, found.index];
    start = found.index + found[0].length;
  }
  yield [start, text.length];
}

function optionOf(line: IniLine, section: string): (IniOption & { lines: IniLine[] }) | null {
  const delimiter = line.text.search(/[=:]/);
  if (delimiter <= 0) return null;
  let nameEnd = delimiter;
  while (isSpace(line.text.charCodeAt(nameEnd - 1))) nameEnd--;
  const { start, end } = trimmed(line.text, delimiter + 1, line.text.length);
  const first: IniLine = {
    text: line.text.slice(start, end),
    start: line.start + start,
    end: line.start + end,
  };
  return { section, name: line.text.slice(0, nameEnd), start: line.start, lines: [first] };
}
