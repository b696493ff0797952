import { decode } from "../requirements/readers/decode.ts";
import { withEdits } from "./edit.ts";
import type { Edit } from "./site.ts";

/**
 * The file with these edits of its decoded text made: the bytes outside them, its byte order mark
 * and its encoding stay. Null where the encoding cannot be written, or has no character for
 * what is put in.
 */
export function editedBytes(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array | null {
  if (edits.length === 0) return bytes;
  const { text, encoding } = decode(bytes);
  const mark = markLength(bytes, encoding);
  const ordered = edits.map((edit, i) => ({ edit, i }));
  ordered.sort((a, b) => a.edit.start - b.edit.start || a.i - b.i);
  const parts: Uint8Array[] = [bytes.subarray(0, mark)];
  // Where we are: in the text, and in the bytes.
  let [at, byte] = [0, mark];
  for (const { edit } of ordered) {
    const before = encode(text.slice(at, edit.start), encoding);
    const away = encode(text.slice(edit.start, edit.end), encoding);
    const put = encode(edit.text, encoding);
    if (before === null || away === null || put === null) return null;
    parts.push(bytes.subarray(byte, byte + before.length), put);
    byte += before.length + away.length;
    at = edit.end;
  }
  parts.push(bytes.subarray(byte));
  const result = Buffer.concat(parts);
  // An encoding in which a character has several forms would shift the places: then nothing is done.
  return decode(result).text === withEdits(text, edits) ? result : null;
}

function markLength(bytes: Uint8Array, encoding: string): number {
  const marks: Record<string, readonly number[]> = {
    "utf-8": [0xef, 0xbb, 0xbf],
    "utf-16-le": [0xff, 0xfe],
    "utf-16-be": [0xfe, 0xff],
    "utf-32-le": [0xff, 0xfe, 0, 0],
    "utf-32-be": [0, 0, 0xfe, 0xff],
  };
  const mark = marks[encoding] ?? [];
  return mark.every((one, i) => bytes[i] === one) ? mark.length : 0;
}

function encode(text: string, encoding: string): Uint8Array | null {
  switch (encoding) {
    case "utf-8":
      return Buffer.from(text, "utf8");
    case "utf-16-le":
      return Buffer.from(text, "utf16le");
    case "utf-16-be":
      return Buffer.from(text, "utf16le").swap16();
    case "utf-32-le":
    case "utf-32-be":
      return utf32(text, encoding === "utf-32-le");
    case "ascii":
    case "latin-1":
      return isBelow(text, encoding === "ascii" ? 0x80 : 0x100)
        ? Buffer.from(text, "latin1")
        : null;
    default:
      // A code page: what we put in is ASCII nearly always, and so is what stands around it.
      return isBelow(text, 0x80) ? Buffer.from(text, "latin1") : null;
  }
}

function isBelow(text: string, limit: number): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= limit) return false;
  return true;
}

function utf32(text: string, little: boolean): Uint8Array {
  const points = [...text].map((one) => one.codePointAt(0)!);
  const bytes = Buffer.alloc(points.length * 4);
  for (const [i, point] of points.entries()) {
    if (little) bytes.writeUInt32LE(point, i * 4);
    else bytes.writeUInt32BE(point, i * 4);
  }
  return bytes;
}
