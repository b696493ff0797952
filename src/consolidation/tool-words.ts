/** What the words of pip and uv mean. The whole text is always kept beside what is said here. */

/** What stands in the way: of each kind another help is looked for. */
export type Trouble = "out of reach" | "build" | "python" | "other";

const OUT_OF_REACH =
  /connection broken by|Max retries exceeded|Failed to fetch|error sending request|Could not resolve host|unable to access '|Git operation failed|Network connectivity is disabled|did not answer within/i;
const BUILD =
  /[Ff]ailed to build|metadata-generation-failed|Getting requirements to build wheel (?:did not run|exited)|subprocess-exited-with-error|Failed building wheel/;
const PYTHON = /requires a different Python:|does not satisfy Python|Python ABI tag/i;
const DETAILS = [
  /Could not resolve host: [^\s'"]+/,
  /(?<=\[Errno -?\d+\] )[^'")\n]+/,
  /(?:dns|tcp connect|tls) error[^\n]*|Read timed out|ProxyError|SSLError/i,
  /did not answer within [^\n.]*|[^\n:]*not found(?=$|\n)|HTTP status[^\n]*/i,
];
const EXCEPTION = /^ *(\w+(?:Error|Exception): [^\n]+)$/gm;

export function troubleOf(text: string): Trouble {
  const sure = /conflict is caused by|No solution found/.test(text);
  if (!sure && OUT_OF_REACH.test(text)) return "out of reach";
  if (!sure && BUILD.test(text)) return "build";
  return PYTHON.test(text) ? "python" : "other";
}

/**
 * Whether another Python may be the answer although nothing says so: pip leaves out the releases
 * that have nothing for this Python, and then finds no such version; an sdist fails as it likes.
 */
export function mayBePython(text: string): boolean {
  return PYTHON.test(text) || /No matching distribution found|Python version/.test(text);
}

/** Why something could not be fetched, in a few words; "" where the text does not tell. */
export function whyOutOfReach(text: string): string {
  for (const detail of DETAILS) {
    const found = detail.exec(text)?.[0].trim();
    if (found) return found;
  }
  return "";
}

/** Whether it is the host that cannot be reached, and not only one address of it. */
export function isHostOutOfReach(text: string): boolean {
  return /Could not resolve host|dns error|Name or service not known|name resolution|Connection refused|client error \(Connect\)|Network connectivity is disabled/i.test(
    text,
  );
}

/** The lines that say why, without the rest of what a tool writes; none where none is recognised. */
export function causeOf(text: string): string[] {
  const pip = /The conflict is caused by:\n([\s\S]*?)\n\s*(?:\n|$)/.exec(text)?.[1];
  if (pip) return linesOf(pip);
  const because =
    /(Because [\s\S]*?)(?:\n\s*(?:hint:|And because[\s\S]*unsatisfiable\.)|\n\n|$)/.exec(text)?.[1];
  if (because) return [linesOf(because).join(" ")];
  const exception = troubleOf(text) === "build" ? [...text.matchAll(EXCEPTION)].at(-1)?.[1] : null;
  const last = [...text.matchAll(/^ERROR: (.*)$/gm)].at(-1)?.[1];
  const failed =
    last ?? [...text.matchAll(/(?:×|error:) ([^\n]+)/g)].map(([, one]) => one!).find(says);
  if (!failed) return [];
  return [exception ? `${failed.trim()} (${exception.trim()})` : failed.trim()];
}

/** A headline that names what it is about, unlike pip's code for every failed process. */
function says(words: string): boolean {
  return words.trim() !== "subprocess-exited-with-error";
}

/** The same in one sentence. */
export function explanation(text: string): string {
  return causeOf(text).join("; ");
}

/** The Pythons (major.minor) that the words name as those that there are wheels for. */
export function pythonsNamed(text: string): ReadonlySet<string> {
  const tags = text.matchAll(/`cp(\d)(\d+)`/g);
  return new Set([...tags].map(([, major, minor]) => `${major}.${minor}`));
}

/**
 * What a release asks of Python, as the tools say it: wheels for some Pythons only, or a bound
 * that this one is outside of. `version` is the pinned one, null where none is. Null: no word of it.
 */
export function pythonWanted(text: string, name: string, version: string | null): string | null {
  const wheels = [
    ...text.matchAll(
      /wheels for `([^`]+)` \([^)]*\) with the following Python ABI tags?: ([^\n]*)/g,
    ),
  ].find(([, one]) => one === name)?.[2];
  if (wheels) {
    const pythons = [...wheels.matchAll(/`cp(\d)(\d+)`/g)].map(
      ([, major, minor]) => `${major}.${minor}`,
    );
    return `has wheels for Python ${pythons.join(", ")} only`;
  }
  if (version === null) return null;
  const pin = `${name}==${version}`.replaceAll(/[.+*]/g, "\\$&");
  const uv = new RegExp(`\\b${pin} depends on Python([^\\s,]+(?:,[<>=!~][^\\s,]+)*)`).exec(
    text,
  )?.[1];
  const ignored =
    /Ignored the following versions that require a different python version: ([^\n]*)/.exec(text);
  const pip = ignored?.[1]
    ?.split("; ")
    .map((one) => one.split(" Requires-Python "))
    .find(([one]) => one === version)?.[1];
  const bound = uv ?? pip;
  return bound ? `needs Python ${bound}` : null;
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
