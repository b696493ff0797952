/** Text in which Python, pip or a venv seems to be run: for what is told and never edited. */
const MENTION =
  /(?:^|[\s;&|("'`/=])(?:python[\d.]*|pip[\d.]*|virtualenv|pipenv|poetry|conda)(?=[\s"'`;&|)]|$)|\bbin\/activate\b/m;

/** Where a text first mentions Python, pip or a venv; -1 where it does not. */
export function mentionIn(text: string): number {
  const found = MENTION.exec(text);
  if (found === null) return -1;
  return found.index + (/^[\w/]/.test(found[0]) ? 0 : 1);
}

/** Where a text names a program of an environment that is no absolute path; -1 where it does not. */
export function environmentIn(text: string): number {
  const found =
    /(^|[\s"'`=({])((?:\$\w+\/|\$\{\w+\}\/|\.{1,2}\/|[\w.-]+\/)*\.?v?env\/bin\/\w+)/m.exec(text);
  return found === null ? -1 : found.index + found[1]!.length;
}

/** Where a text names the program folder of an environment that is no absolute path; -1 if nowhere. */
export function environmentFolderIn(text: string): number {
  return text.search(/(?<=[="':])(?:\$\{?\w+\}?\/|\.\/)?(?:[\w-]+\/)*\.?v?env\/bin\b/);
}
