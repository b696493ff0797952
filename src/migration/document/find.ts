import type { Fragment } from "../fragment.ts";
import type { FinderInput } from "../input.ts";
import { resolvedFrom } from "../paths.ts";
import { placesOf } from "../places.ts";
import { mentionIn } from "../shell/mention.ts";
import { folderOf } from "../shell/paths.ts";
import { shellSites } from "../shell/sites.ts";
import type { Site } from "../site.ts";
import { windowsSites } from "../windows/sites.ts";
import { adocBlocks, type CodeBlock, markdownBlocks, rstBlocks } from "./blocks.ts";

const SHELLS =
  /^(bash|sh|shell|zsh|ksh|console|shell-session|shellsession|sh-session|terminal|text|plaintext|none|)$/;
const WINDOWS = /^(powershell|pwsh|ps|ps1|bat|batch|cmd|dos)$/;
/** What was once right is told of, not to be typed. */
const HISTORY =
  /(^|\/)(changelog|changes|history|news|release[-_]?notes?|whats[-_]?new[\w.-]*)\.\w+$|(^|\/)(changelogs?|release[-_]?notes)\//i;
const REASON = "Documents follow, each line on its own.";

/** The commands that a document tells people to type: each is offered on its own. */
export function documentSites(path: string, text: string, input: FinderInput): readonly Site[] {
  if (HISTORY.test(path)) return [];
  const places = placesOf(path, text);
  const blocks = /\.rst$/i.test(path)
    ? rstBlocks(text)
    : /\.adoc$/i.test(path)
      ? adocBlocks(text)
      : markdownBlocks(text);
  const windows = blocks
    .filter(({ language }) => WINDOWS.test(language))
    .flatMap(({ language, pieces }) => {
      const fragment = joined(text, pieces);
      const dialect = /^(bat|batch|cmd|dos)$/.test(language) ? "batch" : "powershell";
      const start = startsOf(path, fragment.text, input);
      const job = { path, dialect, fragment, start, kind: "offer", file: false } as const;
      return windowsSites(job, input, places).sites.filter(({ edits }) => edits.length > 0);
    })
    .map((site) => ({ ...site, reason: REASON, stillNames: [] }));
  const others = blocks
    .filter(({ language }) => SHELLS.test(language))
    .flatMap((block) => commandsOf(text, block).map((fragment) => ({ block, fragment })))
    .map((one) => ({ ...one, ...atRoot(one.fragment, path, input) }))
    .filter(({ block, fragment }) => isCommand(fragment.text, block, input))
    .flatMap(({ block, fragment, start }, i) => {
      const part = {
        fragment,
        start,
        sameShell: false,
        group: `${i}`,
        whole: null,
        offer: REASON,
      };
      const job = {
        path,
        file: text,
        parts: [part],
        variables: [],
        runner: { kind: "path" as const },
        python: "python3",
        anchor: null,
        script: false,
        bareCheckout: false,
        // Who is told to activate an environment goes on in it.
        openEnd: /(^|\n)[^\n]*\bactivate\s*$/.test(fragment.text),
      };
      const { sites } = shellSites(job, input, places);
      return sites.flatMap((site) => offered(site, fragment, block));
    });
  return [...windows, ...others].toSorted((a, b) => a.line - b.line || a.column - b.column);
}

/** An offer, or a report where the text names what goes; a document never stands in the way. */
function offered(site: Site, fragment: Fragment, { inline }: CodeBlock): readonly Site[] {
  const kept = { ...site, stillNames: [], alternative: inline ? null : site.alternative };
  if (site.edits.length === 0) return site.names.length > 0 ? [kept] : [];
  const start = fragment.offsets[0]!;
  const end = fragment.offsets.at(-1)!;
  const removed = site.edits.reduce(
    (sum, edit) => sum + (edit.text.trim() === "" ? edit.end - edit.start : 0),
    0,
  );
  // A code span or a block is never left empty.
  if (removed >= end - start || (inline && site.edits.some(({ text }) => text.includes("\n"))))
    return [];
  return [{ ...kept, kind: "offer" }];
}

/** A reader who clones the repository and goes into it stands at its root from there on. */
function atRoot(
  fragment: Fragment,
  path: string,
  input: FinderInput,
): { readonly fragment: Fragment; readonly start: readonly string[] } {
  const start = startsOf(path, fragment.text, input);
  const moved = /(?:^|\n)[ \t]*cd[ \t]+"?([^\s"&;|]+)"?[ \t]*(?:\n|&&|;)/.exec(fragment.text);
  const to = moved === null ? null : resolvedFrom("", moved[1]!);
  if (moved === null || to === null || to === "" || moved[1]!.startsWith(".."))
    return { fragment, start };
  const isHere = start.some((folder) => input.folders.has(resolvedFrom(folder, moved[1]!) ?? "?"));
  if (isHere) return { fragment, start };
  if (input.folders.has(to)) return { fragment, start: [""] };
  // `cd checkout`, `cd checkout/services/a`: its first part is how the clone is called.
  const inside = to.split("/").slice(1).join("/");
  const rest = part(fragment, moved.index + moved[0].length);
  return { fragment: rest, start: input.folders.has(inside) ? [inside] : [] };
}

/**
 * Where a reader may stand: in the document's folder, or at the root. The files that the text names
 * tell, where they are in only one of the two.
 */
function startsOf(path: string, text: string, input: FinderInput): readonly string[] {
  const folder = folderOf(path);
  const files = text.match(/(?<![\w./-])[\w./-]+\.(py|txt|in|toml)(?![\w-])/g) ?? [];
  const has = (from: string) =>
    files.every((file) => {
      const one = resolvedFrom(from, file);
      return one !== null && (input.tree.has(one) || input.accounted.has(one));
    });
  if (files.length > 0 && folder !== "" && has(folder)) return [folder];
  if (files.length > 0 && has("")) return [""];
  if (/(^|\/)(docs?|documentation|\.github|wiki)(\/|$)/i.test(folder)) return [""];
  return [...new Set([folder, ""])];
}

/** The commands of a block: what stands behind its prompts, or all of it where it has none. */
function commandsOf(text: string, block: CodeBlock): readonly Fragment[] {
  const whole = joined(text, block.pieces);
  if (block.inline) return [whole];
  const lines = linesOf(whole);
  const prompt = /^\s*(?:\([^)\n]*\)\s*)?[$%]\s+/;
  if (!lines.some((line) => prompt.test(line.text))) return [whole];
  const found: Fragment[][] = [];
  let goesOn = false;
  for (const line of lines) {
    const mark = prompt.exec(line.text)?.[0].length ?? 0;
    if (mark > 0) found.push([part(line, mark)]);
    else if (goesOn) found.at(-1)?.push(part(line, /^\s*>\s/.exec(line.text)?.[0].length ?? 0));
    goesOn = (mark > 0 || goesOn) && /\\\s*$/.test(line.text);
  }
  return found.map(together);
}

function joined(text: string, pieces: CodeBlock["pieces"]): Fragment {
  let value = "";
  const offsets: number[] = [];
  let end = 0;
  for (const piece of pieces) {
    for (let at = piece.start; at < piece.end; at++) {
      if (text[at] === "\r" && text[at + 1] === "\n") continue;
      value += text[at];
      offsets.push(text[at] === "\n" && text[at - 1] === "\r" ? at - 1 : at);
    }
    end = text[piece.end - 1] === "\r" ? piece.end - 1 : piece.end;
  }
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  return { text: value, offsets: [...offsets, end], escape: (one) => one.replaceAll("\n", eol) };
}

function linesOf({ text, offsets, escape: written }: Fragment): readonly Fragment[] {
  const lines: Fragment[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline + 1;
    lines.push({
      text: text.slice(start, end),
      offsets: offsets.slice(start, end + 1),
      escape: written,
    });
    start = end;
  }
  return lines;
}

function part({ text, offsets, escape: written }: Fragment, from: number): Fragment {
  return { text: text.slice(from), offsets: offsets.slice(from), escape: written };
}

function together(parts: readonly Fragment[]): Fragment {
  const text = parts.map((one) => one.text).join("");
  const offsets = parts.flatMap((one) => one.offsets.slice(0, -1));
  return { text, offsets: [...offsets, parts.at(-1)!.offsets.at(-1)!], escape: parts[0]!.escape };
}

/** Whether a piece of code is a command that this is about: in prose a lone `python3` is a name. */
function isCommand(text: string, { inline, language }: CodeBlock, input: FinderInput): boolean {
  const words = text.trim().split(/\s+/);
  const script = words.some((word) => input.consoleScripts.has(word.replace(/^.*\//, "")));
  if (mentionIn(text) < 0 && !script && !/\.py\b/.test(text)) return false;
  if (!inline) return language !== "" || /^\s*[\w./$(-]/.test(text);
  if (words.length < 2 || text.includes("\n")) return false;
  return (
    /^(\$\s+)?(python[\d.]*|pip[\d.]*|virtualenv|source|\.|cd|\.?\/?[\w./-]*(bin|Scripts)\/\w+)$/.test(
      words[0]!,
    ) || input.consoleScripts.has(words[0]!)
  );
}
