/** The list as it is to be: what we wrote earlier and no longer want goes, what is wanted is there. */
export function withEntries(
  now: readonly string[],
  ours: readonly string[],
  wanted: readonly string[],
): string[] {
  const kept = now.filter((entry) => wanted.includes(entry) || !ours.includes(entry));
  return [...kept, ...wanted.filter((entry) => !kept.includes(entry))];
}

/** PYTHONPATH in the text of an env file; `line` is the line as it would stand there. */
export interface EnvFileChange {
  readonly text: string;
  readonly line: string;
}

/**
 * The text of an env file whose PYTHONPATH has the wanted entries, or null where it has them
 * already. Everything else stays byte for byte; `ours` is what we wrote there earlier.
 */
export function withPythonpath(
  text: string,
  ours: readonly string[],
  wanted: readonly string[],
  delimiter: string,
): EnvFileChange | null {
  // Of several lines the last one counts, with python.envFile as with a shell.
  const last = [...text.matchAll(LINE)].at(-1);
  const value = (last?.[2] ?? "").trim().replace(/^(["'])(.*)\1$/, "$2");
  const now = value.split(delimiter).filter((entry) => entry !== "");
  const next = withEntries(now, ours, wanted);
  if (next.join(delimiter) === now.join(delimiter)) return null;
  const joined = next.join(delimiter);
  const line = `PYTHONPATH=${/[\s#'"]/.test(joined) ? `"${joined}"` : joined}`;
  if (!last) {
    const eol = text.includes("\r\n") ? "\r\n" : "\n";
    const start = text === "" || text.endsWith("\n") ? text : `${text}${eol}`;
    return { text: `${start}${line}${eol}`, line };
  }
  const end = last.index + last[0].length;
  const whole = `${last[1]}${line}`;
  return { text: `${text.slice(0, last.index)}${whole}${text.slice(end)}`, line: whole.trim() };
}

const LINE = /^([ \t]*(?:export[ \t]+)?)PYTHONPATH[ \t]*=([^\r\n]*)/gm;
