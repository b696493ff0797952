/** A file's text, what it was encoded in, and what a person should know of that. */
export interface Decoded {
  /** Without a byte order mark. */
  readonly text: string;
  /** Python's name of the encoding that was used, as `utf-8`. */
  readonly encoding: string;
  readonly note: string | null;
}

const marks: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  // UTF-32 first: its little-endian mark begins with that of UTF-16.
  [[0xff, 0xfe, 0, 0], "utf-32-le"],
  [[0, 0, 0xfe, 0xff], "utf-32-be"],
  [[0xfe, 0xff], "utf-16-be"],
  [[0xff, 0xfe], "utf-16-le"],
];

/** Names that Python uses and the WHATWG list (which TextDecoder follows) reads differently or not at all. */
const python: Readonly<Record<string, string>> = {
  ascii: "ascii",
  "us-ascii": "ascii",
  latin1: "latin-1",
  "latin-1": "latin-1",
  l1: "latin-1",
  "iso-8859-1": "latin-1",
  iso8859_1: "latin-1",
  "iso8859-1": "latin-1",
  "iso-latin-1": "latin-1",
  "utf-8": "utf-8",
  utf8: "utf-8",
  u8: "utf-8",
  "utf-8-sig": "utf-8",
  "utf-16-le": "utf-16-le",
  "utf-16-be": "utf-16-be",
  "utf-32-le": "utf-32-le",
  "utf-32-be": "utf-32-be",
  latin7: "iso-8859-13",
  latin8: "iso-8859-14",
  latin9: "iso-8859-15",
  latin10: "iso-8859-16",
  "mac-roman": "macintosh",
  cp932: "shift_jis",
  cp936: "gbk",
  cp949: "euc-kr",
  cp950: "big5",
};

/**
 * Decodes a file as pip does: by a byte order mark, then by a PEP 263 comment in the first two
 * lines, then as UTF-8, then as latin-1 with a note. Never throws.
 */
export function decode(bytes: Uint8Array): Decoded {
  for (const [mark, encoding] of marks) {
    if (!mark.every((byte, at) => bytes[at] === byte)) continue;
    return strict(bytes.subarray(mark.length), encoding, `begins with a ${encoding} mark`);
  }
  const named = declaredEncoding(bytes);
  if (named !== null) {
    const spelled = named.toLowerCase().replaceAll("_", "-");
    return strict(
      bytes,
      python[spelled] ?? python[named.toLowerCase()] ?? spelled,
      `declares ${named}`,
    );
  }
  const text = tryDecode(bytes, "utf-8");
  if (text !== null) return { text, encoding: "utf-8", note: null };
  return { text: latin1(bytes), encoding: "latin-1", note: "not UTF-8: read as latin-1" };
}

function strict(bytes: Uint8Array, encoding: string, claim: string): Decoded {
  const text = tryDecode(bytes, encoding);
  if (text !== null) return { text, encoding, note: null };
  const fallback = tryDecode(bytes, "utf-8");
  const used = fallback === null ? "latin-1" : "utf-8";
  const note = `${claim}, which is not known or does not fit its bytes: read as ${used}`;
  return { text: fallback ?? latin1(bytes), encoding: used, note };
}

/** The encoding that a `# -*- coding: NAME -*-` comment in the first two lines names, or null. */
function declaredEncoding(bytes: Uint8Array): string | null {
  let start = 0;
  for (let line = 0; line < 2 && start < bytes.length; line++) {
    const next = bytes.indexOf(10, start);
    const end = next < 0 ? bytes.length : next;
    if (bytes[start] === 0x23) {
      const found = /coding[:=][ \t\r\f\v]*([-\w.]+)/.exec(latin1(bytes.subarray(start, end)));
      if (found !== null) return found[1]!;
    }
    start = end + 1;
  }
  return null;
}

function tryDecode(bytes: Uint8Array, encoding: string): string | null {
  if (encoding === "latin-1") return latin1(bytes);
  if (encoding === "ascii") return bytes.every((byte) => byte < 0x80) ? latin1(bytes) : null;
  if (encoding.startsWith("utf-32")) return utf32(bytes, encoding === "utf-32-le");
  try {
    return new TextDecoder(label(encoding), { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null; // an encoding that nobody here knows, or bytes that it cannot hold
  }
}

function label(encoding: string): string {
  if (encoding === "utf-16-le") return "utf-16le";
  if (encoding === "utf-16-be") return "utf-16be";
  return encoding.replace(/^cp(?=125\d$)/, "windows-");
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  // In pieces, since a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 4096) {
    text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  }
  return text;
}

function utf32(bytes: Uint8Array, little: boolean): string | null {
  if (bytes.length % 4 !== 0) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = "";
  for (let at = 0; at < bytes.length; at += 4) {
    const code = view.getUint32(at, little);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null;
    text += String.fromCodePoint(code);
  }
  return text;
}
