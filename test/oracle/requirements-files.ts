import fc from "fast-check";
import type { Result } from "../../scripts/tally.ts";
import { ask, type Oracle } from "./python.ts";
import { requirementsText } from "./requirements-lines.ts";
import { comparable, ours } from "./requirements-ours.ts";

const DRAWS = 4000;

interface PipEntry {
  readonly line: number;
  readonly refused?: string;
  readonly if_folder?: PipEntry;
  readonly include?: string;
  readonly constraint?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly kept?: {
    readonly hashes?: Readonly<Record<string, readonly string[]>>;
    readonly config_settings?: Readonly<Record<string, string | readonly string[]>>;
  };
  readonly name?: string | null;
  readonly specifier?: string;
  readonly extras?: readonly string[];
  readonly marker?: string | null;
  readonly link?: string | null;
  readonly editable?: boolean;
}

interface Answer {
  readonly pip: string;
  readonly folder: string;
  readonly files: readonly (readonly PipEntry[])[];
}

/**
 * Reads random requirements files with our reader and with the newest pip's own, and compares them
 * line by line. Deliberate differences, as in the tests of the reader: a path counts as one whether
 * it exists or not, one with backslashes too, and extras stay as written.
 */
export async function comparePip({
  python,
  seed,
}: Oracle): Promise<{ name: string; results: Result[] }[]> {
  const texts = fc.sample(requirementsText, { seed, numRuns: DRAWS });
  const { pip, folder, files } = (await ask(python, "read_requirements.py", texts)) as Answer;
  console.log(`  pip ${pip}`);
  const results = texts.flatMap((text, at) => judge(text, files[at]!, folder));
  return [{ name: "pip: lines of requirements files", results }];
}

function judge(text: string, entries: readonly PipEntry[], folder: string): Result[] {
  const mine = ours(text, folder);
  const theirs = new Map(
    entries.filter((entry) => !isEmpty(entry)).map((entry) => [entry.line, entry]),
  );
  return [...new Set([...mine.keys(), ...theirs.keys()])].map((line): Result => {
    const entry = theirs.get(line);
    const said = mine.get(line);
    const expected = entry === undefined ? "nothing" : saidBy(entry, said?.link ?? null, folder);
    const name = `line ${line} of ${JSON.stringify(text)}`;
    const windows = said?.link?.includes("\\") === true && expected === "refused";
    if (said?.text === expected || windows) return { name, outcome: "passed" };
    const reason = `ours: ${said?.text ?? "nothing"}\npip:  ${expected} ${entry?.refused ?? ""}`;
    return { name, outcome: "failed", reason };
  });
}

function isEmpty(entry: PipEntry): boolean {
  return entry.options !== undefined && Object.keys(entry.options).length === 0;
}

/** pip's entry as text; where we say it is a path, as if the folder were there. */
function saidBy(entry: PipEntry, link: string | null, folder: string): string {
  if (entry.refused !== undefined) {
    const retried = link === null ? undefined : entry.if_folder;
    if (retried === undefined || retried.refused !== undefined) return "refused";
    return saidBy({ ...retried, line: entry.line, kept: entry.kept ?? {} }, link, folder);
  }
  if (entry.include !== undefined) return `include ${entry.include}`;
  if (entry.constraint !== undefined) return `constraint ${entry.constraint}`;
  if (entry.options !== undefined) return JSON.stringify(Object.entries(entry.options).sort());
  const { hashes = {}, config_settings = {} } = entry.kept ?? {};
  return comparable({
    name: entry.name ?? null,
    specifier: entry.specifier ?? "",
    extras: entry.extras ?? [],
    marker: entry.marker ?? null,
    link: entry.link ?? null,
    editable: entry.editable ?? false,
    hashes: Object.entries(hashes).flatMap(([kind, all]) => all.map((one) => `${kind}:${one}`)),
    settings: Object.entries(config_settings).flatMap(([key, value]) =>
      [value].flat().map((one) => `${key}=${one}`),
    ),
    folder,
  });
}
