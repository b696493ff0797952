import { git } from "./repository.ts";

/**
 * Every file that git tracks or does not ignore, relative to `root`, with `/`; null where git does
 * not answer. Runs git.
 */
export async function repositoryFiles(
  root: string,
  signal?: AbortSignal,
): Promise<string[] | null> {
  const [listed, deleted] = await Promise.all([
    git(root, ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], signal),
    git(root, ["ls-files", "-z", "--deleted"], signal),
  ]);
  if (listed === null) return null;
  const gone = new Set((deleted ?? "").split("\0"));
  return [...new Set(listed.split("\0"))].filter((path) => path !== "" && !gone.has(path));
}

/** A line of a file that holds one of the words. */
export interface Mention {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** The lines of tracked or new text files that hold one of these words; empty where git does not answer. */
export async function linesWith(
  root: string,
  words: readonly string[],
  signal?: AbortSignal,
): Promise<Mention[]> {
  if (words.length === 0) return [];
  const args = ["grep", "--untracked", "--no-color", "-n", "-I", "-z", "-F"];
  const found = await git(
    root,
    [...args, ...words.flatMap((word) => ["-e", word]), "--", "."],
    signal,
  );
  return (found ?? "").split("\n").flatMap((row) => {
    const [path, line, ...text] = row.split("\0");
    return text.length === 0 ? [] : [{ path: path!, line: Number(line), text: text.join("\0") }];
  });
}

/**
 * For each path why git could not bring it back as it is, in a few words; null where it is tracked
 * and unchanged. Runs git.
 */
export async function whyNotInGit(
  root: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (paths.length === 0) return new Map();
  const literal = ["--literal-pathspecs"];
  const [tracked, status] = await Promise.all([
    git(root, [...literal, "ls-files", "-z", "-v", "--", ...paths]),
    git(root, [
      ...literal,
      "status",
      "-z",
      "--porcelain=v1",
      "--no-renames",
      "--untracked-files=all",
      "--",
      ...paths,
    ]),
  ]);
  const prefix = (await git(root, ["rev-parse", "--show-prefix"]))?.trim() ?? "";
  const tags = new Map(rows(tracked).map((row) => [row.slice(2), row[0]!]));
  const changed = new Map(rows(status).map((row) => [row.slice(3), row.slice(0, 2)]));
  return new Map(
    paths.map((path) => {
      const state = changed.get(prefix + path);
      if (tracked === null || status === null) return [path, "git does not answer here"];
      if (state?.includes("A")) return [path, "git has it staged, but not committed"];
      if (!tags.has(path)) return [path, "git does not track it"];
      // Lower case: assumed unchanged; S: left out of the checkout. There git does not look.
      if (tags.get(path) !== "H") return [path, "git is told not to look at its changes"];
      return [path, state === undefined ? null : "it has changes that are not committed"];
    }),
  );
}

function rows(output: string | null): string[] {
  return (output ?? "").split("\0").filter(Boolean);
}
