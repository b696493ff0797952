import {
  childrenOf,
  type PythonNode,
  type PythonText,
  parsePython,
} from "../requirements/python-text.ts";
import { contents, stringOf } from "../requirements/readers/python-literal.ts";
import type { FinderInput } from "./input.ts";
import { mentionsIn, pathsOf } from "./mentions.ts";
import { placesOf } from "./places.ts";
import { reportAt } from "./report.ts";
import { mentionIn } from "./shell/mention.ts";
import { folderOf } from "./shell/paths.ts";
import type { Site } from "./site.ts";

/** A cheap look that tells which Python files are worth parsing. */
export function mayStartPython(text: string): boolean {
  return (
    /\b(subprocess|os|asyncio|pexpect|sh|plumbum|fabric|invoke|nox|session)\b/.test(text) &&
    /python|\bpip|virtualenv|\/activate\b|poetry/.test(text)
  );
}

const STARTS =
  /(^|\.)(run|call|check_call|check_output|Popen|getoutput|getstatusoutput|system|popen|exec[lv]p?e?|spawn[lv]p?e?|create_subprocess_(exec|shell)|spawn|local|sudo|run_always|install)$/;

/**
 * Places in Python code that start Python, pip or a venv by name: only named, since what they want is
 * `sys.executable`, and which Python that is the runner has decided already.
 */
export function pythonSites(path: string, text: string, input: FinderInput): readonly Site[] {
  if (!mayStartPython(text)) return [];
  const parsed = parsePython(text);
  if (parsed === null) return [];
  const places = placesOf(path, text);
  const found: Site[] = [];
  const visit = (node: PythonNode): void => {
    if (node.name === "CallExpression") {
      const names = startedBy(node, parsed);
      if (names !== null) {
        const sources = pathsOf(mentionsIn(names, [folderOf(path), ""], input));
        found.push(reportAt(places, node.from, REASON, sources));
        return;
      }
    }
    for (const child of childrenOf(node)) visit(child);
  };
  visit(parsed.top);
  return found;
}

const REASON =
  "Python that starts Python by name: `sys.executable` is the same Python as the one that runs.";

/** The text of the command that a call starts, where it is Python, pip or a venv; else null. */
function startedBy(call: PythonNode, { source, textOf }: PythonText): string | null {
  const [callee, list] = childrenOf(call);
  if (callee === undefined || list === undefined || !STARTS.test(textOf(callee).replace(/\s/g, "")))
    return null;
  const [first, ...more] = contents(list);
  if (first === undefined) return null;
  if (first.name === "ArrayExpression" || first.name === "TupleExpression") {
    return ofWords(contents(first), source, textOf);
  }
  const text = stringOf(first, source)?.value ?? formatted(first, textOf);
  if (text === null) return null;
  // os.execvp("python3", ["python3", …]), create_subprocess_exec("python3", "x.py")
  if (!/\s/.test(text.trim())) {
    const rest = more.map((node) => stringOf(node, source)?.value ?? "").join(" ");
    return isPython(text) ? `${text} ${rest}` : null;
  }
  if (/^\s*(docker|podman|kubectl|ssh|oc)\b/.test(text)) return null;
  return mentionIn(text) >= 0 ? text : null;
}

function ofWords(
  nodes: readonly PythonNode[],
  source: string,
  textOf: PythonText["textOf"],
): string | null {
  const words = nodes.map((node) => stringOf(node, source)?.value ?? formatted(node, textOf) ?? "");
  const [first = "", ...rest] = words;
  const wrapped = /^(sudo|env|nohup|exec|time|nice|xvfb-run)$/.test(first)
    ? (rest[0] ?? "")
    : first;
  const isShell = /^(ba|z|da)?sh$/.test(first.replace(/^.*\//, ""));
  if (isShell && rest.some((word) => mentionIn(word) >= 0)) return words.join(" ");
  return isPython(wrapped) ? words.join(" ") : null;
}

function isPython(word: string): boolean {
  return /(^|[\\/])(python[\d.]*|pip[\d.]*|virtualenv|pipenv|poetry)(\.exe)?$/.test(word);
}

/** The text of an f-string, what it puts in left as it is written. */
function formatted(node: PythonNode, textOf: PythonText["textOf"]): string | null {
  if (node.name !== "FormatString") return null;
  return textOf(node)
    .replace(/^[a-z]*("""|'''|"|')/i, "")
    .replace(/("""|'''|"|')$/, "");
}
