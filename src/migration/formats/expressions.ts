import type { Fragment } from "../fragment.ts";

/**
 * A fragment in which what the CI system replaces before the shell reads it (`${{ … }}`, Azure's
 * `$(name)`) is a variable of the shell, which is what it is to whoever reads the text: a value that
 * is not known. `names` maps what is known, such as the checkout's folder, to a variable's name.
 */
export function withoutExpressions(
  fragment: Fragment,
  pattern: RegExp,
  names: ReadonlyMap<string, string>,
): Fragment {
  let text = "";
  const offsets: number[] = [];
  const written = new Map<string, string>();
  let at = 0;
  const take = (to: number) => {
    text += fragment.text.slice(at, to);
    offsets.push(...fragment.offsets.slice(at, to));
  };
  for (const { 0: whole, 1: inner, index } of fragment.text.matchAll(pattern)) {
    take(index);
    const known = names.get((inner ?? "").trim());
    const word = known === undefined ? `\${ONE_VENV_${written.size}}` : `\${${known}}`;
    written.set(word, whole);
    text += word;
    for (let i = 0; i < word.length; i++) offsets.push(fragment.offsets[index]!);
    at = index + whole.length;
  }
  if (at === 0) return fragment;
  take(fragment.text.length);
  offsets.push(fragment.offsets.at(-1)!);
  const restored = (one: string) =>
    fragment.escape(one.replace(/\$\{\w+\}/g, (word) => written.get(word) ?? word));
  return { text, offsets, escape: restored };
}
