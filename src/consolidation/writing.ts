import type { FileChange, FileState } from "../plan/plan.ts";

/** A file that a plan would write over although a person made or changed it: it is asked about. */
export interface Question {
  readonly path: string;
  readonly question: string;
}

/** The change that gives a file this text, line ends as the file has them now. */
export function textChange(
  path: string,
  before: FileState | null,
  text: string,
  mode = 0o644,
): FileChange {
  const crlf = before !== null && Buffer.from(before.bytes).includes("\r\n");
  const bytes = Buffer.from(crlf ? text.replaceAll("\n", "\r\n") : text);
  return { path, before, after: { bytes, mode: before?.mode ?? mode } };
}

/** The lines of pythonpath.txt: what stands there, and below it the import roots that are new. */
export function pythonpathText(now: string | null, roots: readonly string[]): string | null {
  const present = (now ?? "").split(/\r?\n/).map((line) => line.replace(/\s+#.*/, "").trim());
  const missing = roots.filter((root) => !present.includes(root));
  if (missing.length === 0) return now;
  const head =
    now ?? "# Extra import roots for the runner, one folder a line, relative to the root.\n";
  return `${head}${head.endsWith("\n") ? "" : "\n"}${missing.join("\n")}\n`;
}

const ATTRIBUTE_LINES = [
  "*.py text eol=lf",
  "*.txt text eol=lf",
  "*.json text eol=lf",
  "*.lock text eol=lf",
  "*.whl binary",
];

/** build/python/.gitattributes: LF everywhere, since sh cannot run a file with CRLF. */
export function attributesText(now: string | null): string {
  const present = (now ?? "").split(/\r?\n/);
  const missing = ATTRIBUTE_LINES.filter((line) => !present.includes(line));
  const head = now === null || now === "" || now.endsWith("\n") ? (now ?? "") : `${now}\n`;
  return missing.length === 0 ? (now ?? "") : `${head}${missing.join("\n")}\n`;
}

/** build-constraints.txt: limits for building source distributions; "" for none. */
export function buildConstraintsText(lines: readonly string[]): string {
  if (lines.length === 0) return "";
  return `# Limits for building source distributions, kept by One Venv.\n${lines.join("\n")}\n`;
}
