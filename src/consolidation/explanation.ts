/**
 * The part of pip's or uv's words that says why a set cannot be had, in one line; "" where none
 * is recognised. The whole text is always kept beside it.
 */
export function explanation(text: string): string {
  const pip = /The conflict is caused by:\n([\s\S]*?)\n\s*(?:\n|$)/.exec(text)?.[1];
  if (pip) return lines(pip).join("; ");
  const because =
    /(Because [\s\S]*?)(?:\n\s*(?:hint:|And because[\s\S]*unsatisfiable\.)|\n\n|$)/.exec(text)?.[1];
  if (because) return lines(because).join(" ");
  const failed = /(?:×|error:|ERROR:) ([^\n]+)/.exec(text)?.[1];
  return failed?.trim() ?? "";
}

function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** Whether the words say that a source distribution could not be built. */
export function isBuildFailure(text: string): boolean {
  return /[Ff]ailed to build|metadata-generation-failed|Getting requirements to build wheel (?:did not run|exited)|subprocess-exited-with-error|Failed building wheel/.test(
    text,
  );
}

/** Whether the words say that another Python is needed. */
export function speaksOfPython(text: string): boolean {
  return /requires a different Python|Requires-Python|requires Python|Python ABI tag|(?:requested|current) Python version|No matching distribution found/i.test(
    text,
  );
}
