import { join } from "node:path";
import { readDecisions } from "../consolidation/decision.ts";
import { DECISIONS } from "../environment/layout.ts";
import type { Addition, CheckFile } from "../migration/checks/addition.ts";
import { checksToAdd } from "../migration/checks/checks.ts";
import type { Scan } from "../monorepo/scan.ts";
import { readState } from "../plan/file-state.ts";
import type { FileState, Plan } from "../plan/plan.ts";
import { decode } from "../requirements/readers/decode.ts";

/** Where the check could be added, and the files as they were read. */
export interface Checks {
  readonly additions: readonly Addition[];
  readonly states: ReadonlyMap<string, FileState>;
  readonly texts: ReadonlyMap<string, string>;
}

/** Reads the CI files and pre-commit's configuration of a root. */
export async function gatherChecks(root: string, { callSiteFiles }: Scan): Promise<Checks> {
  const read = (path: string) => readState(join(root, ...path.split("/"))).catch(() => null);
  const wanted = callSiteFiles.filter(({ kind }) => KINDS.has(kind));
  const states = new Map<string, FileState>();
  const files: CheckFile[] = [];
  for (const { path } of wanted) {
    const state = await read(path);
    // What is not UTF-8 could not be written back byte for byte.
    const decoded = state && decode(state.bytes);
    if (!state || decoded?.encoding !== "utf-8") continue;
    states.set(path, state);
    files.push({ path, text: decoded.text });
  }
  const otherCi = new Set(wanted.flatMap(({ path, kind }) => (kind === "ci" ? [path] : [])));
  const decisions = readDecisions(await textAt(read(DECISIONS)));
  const python = "problem" in decisions ? null : decisions.python;
  const additions = checksToAdd({ files, otherCi, python });
  return { additions, states, texts: new Map(files.map(({ path, text }) => [path, text])) };
}

const KINDS: ReadonlySet<string> = new Set(["github", "gitlab", "ci", "pre-commit"]);

/** The plan that adds the check to these files. */
export function checksPlan({ additions, states, texts }: Checks, paths: ReadonlySet<string>): Plan {
  const changes = additions
    .filter(({ path, edits }) => paths.has(path) && edits.length > 0)
    .map(({ path, edits }) => {
      const before = states.get(path) ?? null;
      const bytes = inserted(before?.bytes ?? Buffer.of(), texts.get(path) ?? "", edits);
      return { path, before, after: { bytes, mode: before?.mode ?? 0o644 } };
    });
  return { title: "Add Checks", changes };
}

/** Text put into bytes; the other bytes, a byte order mark too, stay as they are. */
function inserted(bytes: Uint8Array, text: string, edits: Addition["edits"]): Buffer {
  const mark = bytes.length - Buffer.byteLength(text);
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const edit of edits) {
    const start = mark + Buffer.byteLength(text.slice(0, edit.start));
    parts.push(bytes.subarray(at, start), Buffer.from(edit.text));
    at = start;
  }
  return Buffer.concat([...parts, bytes.subarray(at)]);
}

async function textAt(reading: Promise<FileState | null>): Promise<string | null> {
  const state = await reading;
  return state && Buffer.from(state.bytes).toString("utf8");
}
