/** Quoted strings in markers follow Python's rules for string literals, escapes included. */

/** An escape, or a character that may not stand there: a line end, or the last backslash. */
const SPECIAL =
  /\\(?:([0-7]{1,3})|x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|(\r\n|[\s\S]))|[\n\r\\]/g;
/** What stands behind the backslash, and what the two mean. */
export const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\n": "",
  "\r": "",
  "\r\n": "",
};
const PLAIN = /^[^\\\n\r\0]*$/;
const UNPRINTABLE = /[\\"\n\r\0]/g;

/** The value of a string literal with its quotes, or null where Python would not accept it. */
export function readLiteral(quoted: string): string | null {
  const body = quoted.slice(1, -1);
  if (PLAIN.test(body)) return body;
  let valid = !body.includes("\0");
  const value = body.replace(SPECIAL, (written, octal, hex, short, long, other) => {
    const code = octal ?? hex ?? short ?? long;
    if (code !== undefined) {
      const point = Number.parseInt(code, octal === undefined ? 16 : 8);
      if (point <= 0x10ffff) return String.fromCodePoint(point);
    }
    // Python knows characters by name too (`\N{BULLET}`); no marker needs it.
    if (code !== undefined || other === undefined || "xuUN".includes(other)) valid = false;
    return ESCAPES[other] ?? written;
  });
  return valid ? value : null;
}

/** The shortest literal that reads back as the value: double quotes where they can be used. */
export function printLiteral(value: string): string {
  const plain = value.includes('"') ? `'${value}'` : `"${value}"`;
  if (!(value.includes('"') && value.includes("'")) && readLiteral(plain) === value) return plain;
  const escaped = value.replace(
    UNPRINTABLE,
    (one) => `\\x${one.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
  return `"${escaped}"`;
}
