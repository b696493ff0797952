/** Quoted strings in markers follow Python's rules for string literals, escapes included. */

const ESCAPE = /\\(?:([0-7]{1,3})|x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([\s\S]))/gi;
const SIMPLE: Readonly<Record<string, string>> = {
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
};
const LINE_END = /[\n\r\0]/;
const UNPRINTABLE = /[\\"\n\r\0]/g;

/** The value of a string literal with its quotes, or null where Python would not accept it. */
export function readLiteral(quoted: string): string | null {
  const body = quoted.slice(1, -1);
  if (LINE_END.test(body)) return null;
  if (!body.includes("\\")) return body;
  let valid = true;
  let end = 0;
  const value = body.replace(ESCAPE, (written, octal, hex, short, long, other, offset: number) => {
    end = offset + written.length;
    const code = octal === undefined ? (hex ?? short ?? long) : octal;
    if (code !== undefined) {
      const point = Number.parseInt(code, octal === undefined ? 16 : 8);
      if (point <= 0x10ffff) return String.fromCodePoint(point);
      valid = false;
      return "";
    }
    // Python knows characters by name too (`\N{BULLET}`); no marker needs it.
    if (other === "x" || other === "u" || other === "U" || other === "N") valid = false;
    return SIMPLE[other] ?? written;
  });
  return valid && body.indexOf("\\", end) === -1 ? value : null;
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
