import { readIni } from "../requirements/readers/ini.ts";
import type { FinderInput } from "./input.ts";
import { lineEnd } from "./lines.ts";
import { mentionsIn, pathsOf } from "./mentions.ts";
import { resolvedFrom } from "./paths.ts";
import { placesOf } from "./places.ts";
import { reportAt } from "./report.ts";
import { folderOf } from "./shell/paths.ts";
import type { Site } from "./site.ts";

interface Line {
  readonly start: number;
  readonly text: string;
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length; start = lineEnd(text, start)) {
    lines.push({ start, text: text.slice(start, lineEnd(text, start)) });
  }
  return lines;
}

/** A word that runs Python, or a program of an environment. */
const PYTHON =
  /(^|[\s=/\\"'])(python[\d.]*|pip[\d.]*)(\.exe)?(?=[\s"']|$)|[/\\](bin|Scripts)[/\\]activate\b/;

/**
 * A Procfile says what a platform starts, and the platform installs from the requirements.txt beside
 * it: that file is needed for as long as the Procfile is.
 */
export function procfileSites(path: string, text: string, input: FinderInput): readonly Site[] {
  const needed = resolvedFrom(folderOf(path), "requirements.txt")!;
  const places = placesOf(path, text);
  if (!input.accounted.has(needed)) return [];
  const first = linesOf(text).find(({ text: line }) => /^\s*[\w-]+\s*:\s*\S/.test(line));
  if (first === undefined) return [];
  const reason =
    "The platform installs from the requirements.txt beside this file: keep it, or give the platform an exported lock of that name.";
  return [reportAt(places, first.start, reason, [needed])];
}

/** A unit of systemd runs where the product is installed: each of its commands is only named. */
export function systemdSites(path: string, text: string, input: FinderInput): readonly Site[] {
  const places = placesOf(path, text);
  return linesOf(text).flatMap(({ start, text: line }) => {
    const command = /^\s*(Exec\w+|Environment|command|environment)\s*=\s*(.*)$/.exec(
      line.trimEnd(),
    );
    if (command === null) return [];
    const script = /^[-@:+!]*(\S+)/.exec(command[2]!)?.[1] ?? "";
    const program = script.slice(script.lastIndexOf("/") + 1);
    const runs =
      PYTHON.test(command[2]!) ||
      /\/(\.?v?env)\/bin(\/|:|$)/.test(command[2]!) ||
      input.consoleScripts.has(program);
    if (!runs || /build\/python\/run\.py/.test(line)) return [];
    const reason =
      "It runs where the product is installed: there the path of the venv changes by hand.";
    return [reportAt(places, start, reason)];
  });
}

/** Tools that make environments of their own read a source: it is needed for as long as they do. */
export function toxSites(path: string, text: string, input: FinderInput): readonly Site[] {
  const places = placesOf(path, text);
  return readIni(text).options.flatMap(({ lines }) =>
    lines.flatMap(({ text: line, start }) => {
      const mentions = mentionsIn(line, [folderOf(path)], { ...input, environments: new Set() });
      const [first] = mentions;
      if (first === undefined) return [];
      const reason =
        "tox makes environments of its own and reads this file: name build/python/requirements.txt, or an exported lock.";
      return [reportAt(places, start + first.start, reason, pathsOf(mentions))];
    }),
  );
}
