import { resolvedFrom } from "../paths.ts";
import { folderOf, relativeTo } from "../shell/paths.ts";
import { ownPath } from "./act.ts";
import type { Step, WindowsJob } from "./step.ts";

/**
 * How a file of `build/python` is written where a command runs: from there where the folder is
 * known, or one word of the command tells it; else by way of the script's own place. Null where
 * neither can be.
 */
export function centralFrom(
  target: string,
  job: WindowsJob,
  { folders, command }: Step,
  script: string | null,
  tree: ReadonlySet<string>,
): { readonly text: string; readonly sure: boolean } | null {
  const own = folderOf(job.path);
  const fits = folders.filter((folder) => {
    const path = script === null ? null : resolvedFrom(folder, ownPath(script, folder, own));
    return path !== null && tree.has(path);
  });
  const certain = folders.length === 1 ? folders : fits.length === 1 ? fits : [];
  const back = job.dialect === "batch" || command.words.some(({ value }) => value.includes("\\"));
  const written = (path: string) => (back ? path.replaceAll("/", "\\") : path);
  const [folder] = certain;
  if (folder !== undefined) return { text: written(relativeTo(folder, target)), sure: true };
  if (!job.file) return null;
  const here = relativeTo(own, target);
  const text =
    job.dialect === "batch" ? `"%~dp0${written(here)}"` : `"$PSScriptRoot${written(`/${here}`)}"`;
  return { text, sure: false };
}
