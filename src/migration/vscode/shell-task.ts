import type { Node } from "jsonc-parser";
import { jsonFragment } from "../formats/json-text.ts";
import { resolvedFrom } from "../paths.ts";
import { isPosixOnly, isWindowsOnly } from "../posix.ts";
import { rootVariable } from "../root-variable.ts";
import { relativeTo } from "../shell/paths.ts";
import { shellSites } from "../shell/sites.ts";
import type { Edit, Site } from "../site.ts";
import { windowsSites } from "../windows/sites.ts";
import type { Settings } from "./settings.ts";

const WORKSPACE = "$" + "{workspaceFolder}";

/**
 * The sites of a task's command line. A task may run on Windows too, so the runner stands behind the
 * Python, unless what was there before was POSIX alone.
 */
export function shellTask(command: Node, cwd: string | null, settings: Settings): readonly Site[] {
  const { path, text, folder, input, places } = settings;
  const fragment = jsonFragment(text, command);
  if (fragment === null) return [];
  const inside = folderOfTask(cwd, folder);
  if (isWindowsOnly(fragment.text)) {
    const start = inside === null ? [] : [inside];
    const job = {
      path,
      dialect: "powershell",
      fragment,
      start,
      kind: "offer",
      file: false,
    } as const;
    return windowsSites(job, input, places).sites;
  }
  const posix = isPosixOnly(fragment.text);
  const group = `${command.offset}`;
  const start = inside === null ? [] : [inside];
  const { sites } = shellSites(
    {
      path,
      file: text,
      parts: [{ fragment, start, sameShell: false, group, whole: null, offer: null }],
      variables: ["workspaceFolder", "workspaceRoot"].map((name) => rootVariable(name, folder)),
      runner: posix ? { kind: "path" } : { kind: "python", separator: "/" },
      python: "python3",
      anchor: { text: WORKSPACE, folder },
      script: false,
      bareCheckout: false,
      openEnd: false,
    },
    input,
    places,
  );
  // In a quoted command the folder is that of the shell inside, and the path from there is right.
  if (inside === null || /["']/.test(fragment.text)) return sites;
  return sites.map((site) => ({
    ...site,
    edits: site.edits.map((edit) => anchored(edit, inside, folder)),
    alternative: site.alternative?.map((edit) => anchored(edit, inside, folder)) ?? null,
  }));
}

/** The folder that a task starts in, relative to the root; null where it is not known. */
export function folderOfTask(cwd: string | null, folder: string): string | null {
  if (cwd === null) return folder;
  const inside = resolvedFrom(folder, cwd.replace(/^\$\{workspace(Folder|Root)\}[/\\]?/, "./"));
  return inside?.includes("$") ? null : inside;
}

/** The files of `build/python` by way of the workspace's folder: that holds wherever the task starts. */
function anchored(edit: Edit, inside: string, folder: string): Edit {
  const here = relativeTo(inside, "build/python/");
  const there = `${WORKSPACE}/${relativeTo(folder, "build/python/")}`;
  const text = edit.text.replace(/(^|\s)(\S+)/g, (whole, blank, word) =>
    word.startsWith(here) ? `${blank}${there}${word.slice(here.length)}` : whole,
  );
  return { ...edit, text };
}
