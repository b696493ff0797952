import { forEachChild, parse, type SyntaxNode } from "unbash";
import type { Run } from "./run.ts";

/** A command and the words of it, in a run's text. */
interface Command {
  readonly words: readonly { readonly pos: number; readonly end: number; readonly text: string }[];
}

const PRINTS = /^(echo|printf|:|true|@echo)$/;
const ASKS = /^(command|which|type|test|\[|hash|ls|file|readlink|realpath)$/;
const ELSEWHERE =
  /^(docker|docker-compose|podman|nerdctl|buildah|kubectl|oc|ssh|scp|rsync|vagrant|lxc|multipass|su|chroot|heroku|fly|flyctl|gcloud|aws|ansible|terraform)$/;
const MAKES = /^(virtualenv|uv|conda|poetry|pipenv|pyenv|tox|nox)$/;

/**
 * Whether text of a run, in which a variable's value stands without being a call site, stays right when
 * the value is the runner: it is printed, looked up, or asked for its version.
 */
export function runnerFits(run: Run, start: number, end: number): boolean {
  const { text, kind } = run;
  if (kind !== "recipe") return false;
  const found = commandAt(run, start);
  if (!found) return false;
  const { words } = found;
  const name = words[0]?.text ?? "";
  if (PRINTS.test(name)) return true;
  const own = words.find(({ pos, end: last }) => pos <= start && end <= last);
  const alone =
    own !== undefined && /^["']?$/.test(text.slice(own.pos, start) + text.slice(end, own.end));
  if (!alone) return false;
  if (own === words[0])
    return /^(--version|-V|-VV)$/.test(words[1]?.text ?? "") && words.length === 2;
  return ASKS.test(name);
}

/**
 * The same where the value is a stray environment's folder and becomes the central venv's: right
 * where it is a path as make's own folder sees it, and no command makes an environment of it or
 * hands it to another machine.
 */
export function venvFits(run: Run, start: number, end: number): boolean {
  const { text, kind, program } = run;
  const before = /[^\s"'=:,;()|&@<>]*$/.exec(text.slice(0, start))![0];
  const after = text.slice(end, end + 1);
  const whole = before === "" || before === "./" || before.endsWith("/./");
  if (!whole || !/^[\s"'/:,;()|&]?$/.test(after)) return false;
  if (kind !== "recipe" && kind !== "call")
    return kind === "prerequisites" && program.folders.length === 1;
  const found = commandAt(run, start);
  if (!found) return false;
  const line = text.slice(text.lastIndexOf("\n", start) + 1, start);
  if (/(^|[\s;&|(])(cd|pushd)\s/.test(line)) return false;
  const names = found.words.map((word) => word.text.replace(/^.*\//, ""));
  if (PRINTS.test(names[0] ?? "")) return true;
  const made = names.some((name, i) => name === "venv" && names[i - 1] === "-m");
  return !made && !names.some((name) => ELSEWHERE.test(name) || MAKES.test(name));
}

/** Whether a place of a run's text is only printed. */
export function isPrinted(run: Run, at: number): boolean {
  return PRINTS.test(commandAt(run, at)?.words[0]?.text ?? "");
}

/** The innermost simple command that a place of a run stands in, its words in the run's offsets. */
function commandAt({ text, lines }: Run, at: number): Command | null {
  const commands = lines.flatMap((line) => line.commands);
  const span = commands.find(({ start, end }) => start <= at && at <= end);
  if (!span) return null;
  let words: Command["words"] | null = null;
  const visit = (node: SyntaxNode): void => {
    if (node.type === "Command") {
      const moved = { pos: node.pos + span.start, end: node.end + span.start };
      if (at < moved.pos || at >= moved.end) return;
      words = [...(node.name ? [node.name] : []), ...node.args].map((word) => ({
        text: word.text,
        pos: word.pos + span.start,
        end: word.end + span.start,
      }));
    }
    forEachChild(node, visit);
  };
  visit(parse(text.slice(span.start, span.end)));
  return words === null ? null : { words };
}
