/** A line of the central file that comes or goes; a list of projects below it is put beside it. */
export interface LineChange {
  readonly change: "+" | "-";
  readonly line: string;
}

/** What changes between two texts of the central file, comments of its own aside; in its order. */
export function centralChanges(before: string, after: string): LineChange[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const gone = old.filter((line) => !now.includes(line));
  const come = now.filter((line) => !old.includes(line));
  return [
    ...gone.map((line) => ({ change: "-", line }) as const),
    ...come.map((line) => ({ change: "+", line }) as const),
  ].sort((a, b) => compare(nameOf(a.line), nameOf(b.line)));
}

function linesOf(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const project = /^\s+#\s*(.*)$/.exec(line)?.[1];
    const last = lines.at(-1);
    if (project === undefined || last === undefined) {
      if (line.trim() !== "" && !line.startsWith("#")) lines.push(line);
    } else lines[lines.length - 1] = `${last}${last.includes(" # ") ? ", " : "  # "}${project}`;
  }
  return lines;
}

function nameOf(line: string): string {
  return /^[\w.-]*/.exec(line)![0];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
