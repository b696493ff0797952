import type { DockerWord, Instruction } from "./instructions.ts";

/** A word of a RUN, with the folder that it is read in. */
export interface RunWord extends DockerWord {
  /** What was changed into before it, as written; null where that is not known. */
  readonly folder: string | null;
}

/** A requirements file that a pip command of a RUN installs. */
export interface Install {
  /** The path of the file, without the option that it may be written together with. */
  readonly file: RunWord;
  /** Where the option and the file stand, to take both away. */
  readonly start: number;
  readonly end: number;
  /** Which pip command it belongs to, by where that begins. */
  readonly command: number;
  /** What else the same command installs: hashes in the one then refuse the other. */
  readonly others: readonly string[];
}

/** The pip commands of a RUN, and every other word of it. */
export function installsOf(
  text: string,
  { words, documents }: Instruction,
): { readonly installs: readonly Install[]; readonly others: readonly RunWord[] } {
  const inDocuments = documents.flatMap(({ start, end }) =>
    [...text.slice(start, end).matchAll(/\n|[^\s]+/g)].map(({ 0: value, index }) => ({
      value: value === "\n" ? ";" : value,
      start: start + index,
      end: start + index + value.length,
    })),
  );
  const installs: Install[] = [];
  const others: RunWord[] = [];
  let folder: string | null = "";
  for (const command of commandsOf([...words, ...inDocuments])) {
    const values = command.map(({ value }) => value);
    if (values[0] === "cd" && values.length > 1) {
      folder = changed(folder, values[1]!);
      continue;
    }
    const here: RunWord[] = command.map((word) => ({ ...word, folder }));
    const verb = pipVerb(values);
    if (verb < 0) others.push(...here);
    else
      others.push(
        ...here.slice(0, verb),
        ...installed(here.slice(verb + 1), command[0]!.start, installs),
      );
  }
  return { installs, others };
}

function changed(from: string | null, to: string): string | null {
  if (from === null || /[$~`*]/.test(to) || to === "-") return null;
  return to.startsWith("/") ? to : `${from === "" ? "." : from}/${to}`;
}

function commandsOf(words: readonly DockerWord[]): DockerWord[][] {
  const commands: DockerWord[][] = [[]];
  for (const word of words) {
    if (/^(&&|\|\|?|;|&|\(|\)|\{|\}|then|do|else|!)$/.test(word.value)) commands.push([]);
    else if (/[^\\];$/.test(word.value)) {
      commands.at(-1)!.push({ ...word, value: word.value.slice(0, -1), end: word.end - 1 });
      commands.push([]);
    } else commands.at(-1)!.push(word);
  }
  return commands.filter((command) => command.length > 0);
}

/** The index of `install`, `download` or `wheel` of a pip command, or -1. */
function pipVerb(values: readonly string[]): number {
  const pip = values.findIndex((value) => /(^|[/\\])pip[\d.]*(\.exe)?$/.test(value));
  if (pip < 0) return -1;
  const verb = values.findIndex((value, at) => at > pip && !value.startsWith("-"));
  return verb >= 0 && /^(install|download|wheel|sync)$/.test(values[verb]!) ? verb : -1;
}

/** Notes the requirements files of one command; gives back the words that are none. */
function installed(words: readonly RunWord[], command: number, into: Install[]): RunWord[] {
  const files: { file: RunWord; start: number; end: number }[] = [];
  const rest: RunWord[] = [];
  const packages: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const joined = /^(-r|--requirement=)(.+)$/.exec(word.value);
    const next = words[at + 1];
    if (joined !== null) {
      const start = word.start + joined[1]!.length;
      const file = { ...word, value: joined[2]!, start };
      files.push({ file, start: word.start, end: word.end });
    } else if (/^(-r|--requirement)$/.test(word.value) && next !== undefined) {
      files.push({ file: next, start: word.start, end: next.end });
      at++;
    } else if (TAKES_VALUE.test(word.value) && next !== undefined) {
      rest.push(next);
      if (/^(-e|--editable)$/.test(word.value)) packages.push(next.value);
      at++;
    } else if (/^\d?>/.test(word.value)) at++;
    else {
      rest.push(word);
      if (!word.value.startsWith("-")) packages.push(word.value);
      if (/^(-e.|--editable=)/.test(word.value)) packages.push(word.value);
    }
  }
  for (const one of files) into.push({ ...one, command, others: packages });
  return rest;
}

const TAKES_VALUE =
  /^(-e|--editable|-c|--constraint|-i|--index-url|--extra-index-url|-f|--find-links|--trusted-host|-t|--target|--prefix|--root|--timeout|--retries|--cache-dir|--proxy|--python|-p|-d|--dest|-w|--wheel-dir|--platform|--python-version|--implementation|--abi|--progress-bar|--log|--cert|--root-user-action|--no-binary|--only-binary|--use-feature|--config-settings|-C|--src|--report|--upgrade-strategy|--link-mode|--index-strategy|--torch-backend)$/;
