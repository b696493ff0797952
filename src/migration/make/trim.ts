/** A change without what it only repeats: `python3 -m venv x` → `python3 y` changes what is behind. */
export function trimmedChange(
  before: string,
  start: number,
  text: string,
): { readonly start: number; readonly end: number; readonly text: string } {
  const whole = { start, end: start + before.length, text };
  if (text === "") return whole;
  const quote = /^(["'])[\s\S]*\1$/.exec(before)?.[1];
  if (quote !== undefined && before.length > 2 && text.length > 2) {
    if (text.startsWith(quote) && text.endsWith(quote)) {
      return trimmedChange(before.slice(1, -1), start + 1, text.slice(1, -1));
    }
  }
  const parts = /\s/.test(before + text) ? /[^\s]+|\s+/g : /[^/]+|\/+/g;
  const old = before.match(parts) ?? [];
  const now = text.match(parts) ?? [];
  let head = 0;
  while (head < old.length - 1 && head < now.length - 1 && old[head] === now[head]) head++;
  let tail = 0;
  const most = Math.min(old.length, now.length) - 1 - head;
  while (tail < most && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const from = start + old.slice(0, head).join("").length;
  return {
    start: from,
    end: from + old.slice(head, old.length - tail).join("").length,
    text: now.slice(head, now.length - tail).join(""),
  };
}
