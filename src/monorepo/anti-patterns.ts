import type { AntiPattern, Scan } from "./scan-data.ts";

/** The anti-patterns that are files or folders, from what a scan found of them. */
export function antiPatternsOf({
  environments,
  condaFiles,
  locks,
}: Pick<Scan, "environments" | "condaFiles" | "locks">): AntiPattern[] {
  const conda = [
    ...condaFiles,
    ...environments.filter(({ kind }) => kind === "conda").map(({ path }) => path),
  ];
  const found: AntiPattern[] = [
    {
      kind: "several environments",
      message: "each virtual environment drifts from the others",
      paths: environments.length > 1 ? environments.map(({ path }) => path) : [],
    },
    {
      kind: "Conda",
      message: "Conda environments stand beside pip's and are locked by none of its files",
      paths: conda.sort(),
    },
    {
      kind: "Poetry lock",
      message: "each Poetry lock pins the same packages on its own",
      paths: locks.filter(({ kind }) => kind === "poetry").map(({ path }) => path),
    },
  ];
  return found.filter(({ paths }) => paths.length > 0);
}
