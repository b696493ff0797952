import { plainFragment } from "../fragment.ts";
import { GENERATED, isLargeGenerated } from "../generated.ts";
import type { FinderInput } from "../input.ts";
import { placesOf } from "../places.ts";
import { offered, reportAt, reported } from "../report.ts";
import type { Site } from "../site.ts";
import {
  containerThatRuns,
  imageThatRuns,
  isEntryPoint,
  isOfContainer,
  isTemplate,
} from "./images.ts";
import type { ShellJob } from "./job.ts";
import { mentionIn } from "./mention.ts";
import { ancestors, folderOf, nameOf } from "./paths.ts";
import { shellSites } from "./sites.ts";

const SHEBANG = /^#!\s*\S*?(?:\/env\s+(?:-\S+\s+)*)?\b(?:ba|z|k|da|a)?sh\b/;

/** Whether a file's first line names a shell. */
export function isShellScript(text: string): boolean {
  return SHEBANG.test(text.slice(0, 200));
}

/** The call sites of a shell script. */
export function findInScript(path: string, text: string, input: FinderInput): readonly Site[] {
  if (isLargeGenerated(text)) return ofLargeGenerated(path, text);
  const { sites } = shellSites(scriptJob(path, text), input, placesOf(path, text));
  if (sites.length === 0) return sites;
  if (isTemplate(path, text)) return sites.map((site) => reported(site, TEMPLATE));
  const image = imageThatRuns(path, input) ?? (isEntryPoint(path) ? "its name" : null);
  if (image !== null) return sites.map((site) => reported(site, inImage(image)));
  const container = containerThatRuns(path, input) ?? (isOfContainer(path) ? "its path" : null);
  return container === null ? sites : sites.map((site) => offered(site, inContainer(container)));
}

/** Told once, where it first names Python. */
function ofLargeGenerated(path: string, text: string): readonly Site[] {
  const at = mentionIn(text);
  return at < 0 ? [] : [reportAt(placesOf(path, text), at, GENERATED)];
}

const TEMPLATE = "The file is a template: what is made of it may run anywhere.";

function inContainer(where: string): string {
  return `It seems to run in a container (${where}), where the venv may not be.`;
}

function inImage(where: string): string {
  return `An image runs this script (${where}), with the Python of the image.`;
}

/** A script as a job: it may start in its own folder and in any above it. */
export function scriptJob(path: string, text: string): ShellJob {
  const fragment = plainFragment(text, 0, text.length);
  const part = {
    fragment: path.endsWith(".bats") ? { ...fragment, text: withoutBats(fragment.text) } : fragment,
    start: nameOf(path) === ".envrc" ? [folderOf(path)] : ancestors(folderOf(path)),
    sameShell: false,
    group: path,
    whole: null,
    offer: null,
  };
  return {
    path,
    file: text,
    parts: [part],
    variables: [],
    runner: { kind: "path" },
    python: "python3",
    anchor: null,
    script: true,
    bareCheckout: false,
    openEnd: isSourced(path, text),
  };
}

/** Whether a script is made to be sourced: what it activates is for the shell that reads it. */
function isSourced(path: string, text: string): boolean {
  if (!isShellScript(text)) return true;
  return (
    /(^|[._-])(activate|env|venv|profile|bashrc|zshrc|envrc)([._-]|$)/.test(nameOf(path)) ||
    /^\s*return\b/m.test(text.replace(/^(\w[\w-]*\s*\(\)|function\b)[\s\S]*?^\}/gm, ""))
  );
}

/** The tests of a bats file as functions, letter for letter in the same place. */
function withoutBats(text: string): string {
  return text.replace(
    /^@test(\s+)(["'].*["'])(\s*\{)$/gm,
    (_, space: string, name: string, open: string) => {
      const width = 5 + space.length + name.length;
      return `${"t".repeat(width - 2)}()${open}`;
    },
  );
}
