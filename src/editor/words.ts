/**
 * Splits typed arguments as a shell does, as far as quotes and backslashes go; nothing is
 * expanded. null where a quote is not closed.
 */
export function splitWords(text: string): string[] | null {
  const words: string[] = [];
  const pattern = /\s*((?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+)/gsy;
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    words.push(match[1]!.replace(/\\(.)|'([^']*)'|"((?:[^"\\]|\\.)*)"/gs, unquote));
    end = match.index + match[0].length;
  }
  return text.slice(end).trim() === "" ? words : null;
}

function unquote(_: string, escaped?: string, single?: string, double?: string): string {
  return escaped ?? single ?? double!.replace(/\\(["\\])/g, "$1");
}
