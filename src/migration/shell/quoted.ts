import type { WordPart } from "unbash";
import type { Fragment } from "../fragment.ts";

/** The text inside a quoted word as a fragment of the file; null where the word is not one quotation. */
export function insideQuotes(
  fragment: Fragment,
  parts: readonly WordPart[] | undefined,
): { readonly fragment: Fragment; readonly quotes: "single" | "double" } | null {
  const [part, another] = parts ?? [];
  if (part === undefined || another !== undefined) return null;
  const end = part.end - 1;
  if (part.type === "SingleQuoted") {
    return {
      fragment: {
        text: fragment.text.slice(part.pos + 1, end),
        offsets: fragment.offsets.slice(part.pos + 1, end + 1),
        escape: (text) => fragment.escape(text.replaceAll("'", "'\\''")),
      },
      quotes: "single",
    };
  }
  if (part.type !== "DoubleQuoted") return null;
  let text = "";
  const offsets: number[] = [];
  for (let at = part.pos + 1; at < end; at += 1) {
    offsets.push(fragment.offsets[at]!);
    const next = fragment.text[at + 1] ?? "";
    if (fragment.text[at] === "\\" && at + 1 < end && '"\\`$'.includes(next)) {
      // An escaped dollar is the inner shell's own; both are read as one expansion.
      at += 1;
    }
    text += fragment.text[at];
  }
  offsets.push(fragment.offsets[end]!);
  return {
    fragment: {
      text,
      offsets,
      escape: (one) => fragment.escape(one.replace(/["\\`]/g, "\\$&")),
    },
    quotes: "double",
  };
}
