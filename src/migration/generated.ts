/** What is said of a call site in a generated file. */
export const GENERATED = "The file says that it is generated: change what generates it.";

/** How generated files say so, in a comment near their start. */
const SAYS =
  /\bdo not (edit|modify|change)\b|\b(auto-?|automatically )?generated (by|from|with|using)\b|\bgenerated automatically\b|@generated\b/i;
const COMMENT = /^\s*(#|\/\/|\/?\*|<!--|;|rem\b|::|--)/i;

/** So much generated text (a configure script) that nobody looks at its lines one by one. */
const LARGE = 40_000;

/** Whether a generated file is named once, as a whole. */
export function isLargeGenerated(text: string): boolean {
  return text.length > LARGE && generatedHead(text);
}

/** Whether the comments at the head of a file say that it is generated. */
export function generatedHead(text: string): boolean {
  for (const line of text.slice(0, 2000).split("\n", 20)) {
    if (line.trim() === "") continue;
    if (!COMMENT.test(line)) return false;
    if (SAYS.test(line)) return true;
  }
  return false;
}
