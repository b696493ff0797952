/** A word of a command: its value without quotes, and its place in the text, quotes and all. */
export interface WindowsWord {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A command of a batch file or a PowerShell script. */
export interface WindowsCommand {
  readonly words: readonly WindowsWord[];
  /** With what stands before it: `@`, `call`, `&`. */
  readonly start: number;
  readonly end: number;
  /** In a branch or a loop. */
  readonly conditional: boolean;
  /** One of several in a pipeline. */
  readonly piped: boolean;
  /** Files that its output goes to. */
  readonly targets: readonly string[];
}

export type WindowsDialect = "batch" | "powershell";

/** What stands before a command and is none itself. */
const BATCH_PREFIX =
  /^(?:@|\(|\)?\s*else\b|if\s+(?:\/i\s+)?(?:not\s+)?(?:exist\s+(?:"[^"\n]*"|[^\s"(]+)|defined\s+\S+|errorlevel\s+\d+|(?:"[^"\n]*"|[^\s=]+)\s*==\s*(?:"[^"\n]*"|[^\s(]+)|\S+\s+(?:equ|neq|lss|leq|gtr|geq)\s+\S+)|for\s+[^\n]*?\)\s*do\b|call\b(?!\s*:)|start\s+(?:"[^"\n]*"\s+)?(?:\/\w+\s+)*|cmd\s+\/c\b)\s*/i;
const POWERSHELL_PREFIX =
  /^(?:[&.](?=\s|["'])\s*|\$[\w:.]+\s*[+-]?=(?!=)\s*|(?:if|elseif|else|while|foreach|try|catch|finally|switch|function)\b\s*|Start-Process\s+(?:-FilePath\s+)?|Invoke-Expression\s+|return\b\s*)/i;
const CONDITION = /^(if|else|elseif|\)|for|while|foreach|catch|switch|function)/i;

/** The commands of a text, in order; what cannot be read is left out. */
export function windowsCommands(text: string, dialect: WindowsDialect): readonly WindowsCommand[] {
  const batch = dialect === "batch";
  const found: WindowsCommand[] = [];
  let at = 0;
  let depth = 0;
  let lineConditional = false;
  let piped = false;
  while (at < text.length) {
    const char = text[at]!;
    if (char === "\n") lineConditional = false;
    if (/[\s;]/.test(char)) {
      at++;
      continue;
    }
    const skipped = skip(text, at, batch);
    if (skipped > at) {
      at = skipped;
      continue;
    }
    if (
      /[(){}&|]/.test(char) &&
      !(char === "&" && !batch && /^&(?!&)/.test(text.slice(at, at + 2)))
    ) {
      if (/[({]/.test(char)) depth++;
      if (/[)}]/.test(char)) depth = Math.max(0, depth - 1);
      piped = char === "|" && text[at + 1] !== "|";
      at += text.startsWith("&&", at) || text.startsWith("||", at) ? 2 : 1;
      continue;
    }
    const start = at;
    for (;;) {
      const prefix = (batch ? BATCH_PREFIX : POWERSHELL_PREFIX).exec(text.slice(at, at + 2000));
      if (prefix === null || prefix[0] === "") break;
      if (CONDITION.test(prefix[0])) lineConditional = true;
      if (prefix[0].startsWith("(")) depth++;
      at += prefix[0].length;
    }
    const read = words(text, at, batch, depth);
    if (read.words.length > 0) {
      const end = read.words.at(-1)!.end;
      const goesOn = /^[ \t]*\|(?!\|)/.test(text.slice(read.end));
      // What a condition stands before begins with the command itself.
      const from =
        lineConditional || text.slice(start, at).includes("(") ? beginOf(text, start, at) : start;
      found.push({
        words: read.words,
        start: from,
        end: Math.max(end, read.redirected),
        conditional: lineConditional || depth > 0,
        piped: piped || goesOn,
        targets: read.targets,
      });
    }
    piped = false;
    at = Math.max(read.end, at + (read.end === start ? 1 : 0));
  }
  return found;
}

/** Behind the conditions, but before `call` and `@`. */
function beginOf(text: string, start: number, command: number): number {
  const before = text.slice(start, command);
  const own = /(?:@|call\s+|&\s*|\.\s+)$/i.exec(before);
  return own === null ? command : start + own.index;
}

/** Behind a comment, a label or a here-string that begins here. */
function skip(text: string, at: number, batch: boolean): number {
  const rest = text.slice(at, at + 200);
  const line = () => {
    const newline = text.indexOf("\n", at);
    return newline < 0 ? text.length : newline;
  };
  if (batch) return /^(::|:\w|@?rem\b)/i.test(rest) ? line() : at;
  if (rest.startsWith("<#")) {
    const end = text.indexOf("#>", at);
    return end < 0 ? text.length : end + 2;
  }
  return rest.startsWith("#") ? line() : at;
}

interface Read {
  readonly words: readonly WindowsWord[];
  readonly end: number;
  readonly targets: readonly string[];
  readonly redirected: number;
}

function words(text: string, from: number, batch: boolean, depth: number): Read {
  const found: WindowsWord[] = [];
  const targets: string[] = [];
  let redirected = from;
  let at = from;
  let redirecting = false;
  const continuation = batch ? /^\^[ \t]*\r?\n/ : /^`[ \t]*\r?\n/;
  while (at < text.length) {
    const rest = text.slice(at, at + 100);
    const joined = continuation.exec(rest)?.[0];
    if (joined !== undefined) {
      at += joined.length;
      continue;
    }
    const char = text[at]!;
    if (
      /[\n&|]/.test(char) ||
      (!batch && /[;{}()]/.test(char)) ||
      (batch && depth > 0 && char === ")")
    )
      break;
    if (/\s/.test(char)) {
      at++;
      continue;
    }
    if (!batch && char === "#") break;
    const redirect = /^\d?>>?(&\d)?|^</.exec(rest)?.[0];
    if (redirect !== undefined) {
      at += redirect.length;
      redirected = at;
      redirecting = !/&\d$/.test(redirect);
      continue;
    }
    const word = wordAt(text, at, batch, depth);
    at = word.end;
    if (redirecting) {
      targets.push(word.value);
      redirected = word.end;
      redirecting = false;
    } else found.push(word);
  }
  return { words: found, end: at, targets, redirected };
}

function wordAt(text: string, start: number, batch: boolean, depth: number): WindowsWord {
  let value = "";
  let at = start;
  let quote = "";
  // A here-string is one word.
  const here = batch ? null : /^@(["'])\r?\n[\s\S]*?\r?\n\1@/.exec(text.slice(start));
  if (here !== null) return { value: "", start, end: start + here[0].length };
  for (; at < text.length; at++) {
    const char = text[at]!;
    if (quote !== "") {
      if (char === quote) quote = "";
      else if (char === "\n" && batch) break;
      else value += char;
      continue;
    }
    if (char === '"' || (char === "'" && !batch)) quote = char;
    else if (/[\s&|<>]/.test(char) || (!batch && /[;{}()]/.test(char))) break;
    else if (batch && depth > 0 && char === ")") break;
    else if ((batch ? "^" : "`") === char && /[\r\n]/.test(text[at + 1] ?? "")) break;
    else value += char;
  }
  return { value, start, end: Math.max(at, start + 1) };
}

/** `if not exist venv …` and what it guards. */
export interface Guard {
  readonly start: number;
  readonly end: number;
  /** The path that is asked for. */
  readonly path: string;
}

const GUARDS: Readonly<Record<WindowsDialect, readonly RegExp[]>> = {
  batch: [
    /@?if\s+not\s+exist\s+"?([^"\s(]+)"?\s*\(([^()]*)\)(?!\s*else)/gi,
    /@?if\s+not\s+exist\s+"?([^"\s(]+)"?[ \t]+(?![(\s])[^\r\n]*/gi,
  ],
  powershell: [
    /if\s*\(\s*(?:-not|!)\s*\(?\s*(?:Test-Path)\s+(?:-(?:Path|LiteralPath)\s+)?["']?([^"')]+?)["']?\s*(?:-PathType\s+\w+\s*)?\)?\s*\)\s*\{([^{}]*)\}(?!\s*else)/gi,
  ],
};

/** The guards of a text that ask whether something is missing. */
export function guardsOf(text: string, dialect: WindowsDialect): readonly Guard[] {
  return GUARDS[dialect].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ 0: whole, 1: path, index }) => ({
      start: index,
      end: index + whole.trimEnd().length,
      path: path!,
    })),
  );
}
