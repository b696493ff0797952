/** How generated files say so, in a comment near their start. */
const SAYS =
  /\bdo not (edit|modify|change)\b|\b(auto-?|automatically )?generated (by|from|with|using)\b|@generated\b/i;
const COMMENT = /^\s*(#|\/\/|\/?\*|<!--|;|rem\b|::|--)/i;

/** Whether the comments at the head of a file say that it is generated. */
export function generatedHead(text: string): boolean {
  for (const line of text.slice(0, 2000).split("\n", 20)) {
    if (line.trim() === "") continue;
    if (!COMMENT.test(line)) return false;
    if (SAYS.test(line)) return true;
  }
  return false;
}
