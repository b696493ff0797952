import { normalizeName } from "../../requirements/name.ts";
import type { FinderInput } from "../input.ts";
import { memberName } from "./member.ts";
import type { Ran, Said } from "./model.ts";
import { locations, only, UNKNOWN } from "./value.ts";

/** What becomes of a pip command. */
export type Verdict =
  /** Its sources are accounted for: setup.py does it. */
  | "covered"
  /** Packages that the central requirements name: setup.py does it, if that is all it was for. */
  | "declared"
  /** Only pip, setuptools and the like: nothing to do where setup.py makes the venv. */
  | "tools"
  /** It asks pip and changes nothing. */
  | "query"
  | "report";

export interface Install {
  readonly verdict: Verdict;
  readonly reason: string;
  /** The sources that it names, from the root. */
  readonly sources: readonly string[];
  /** Packages that nothing declares, by their normalised names. */
  readonly missing: readonly string[];
  /** It brings something that the central venv may not have. */
  readonly adds: boolean;
}

const VALUES: ReadonlySet<string> = new Set(
  `-i --index-url --extra-index-url -f --find-links --trusted-host --proxy --timeout --retries
  --upgrade-strategy --python-version --platform --abi --implementation --only-binary --no-binary
  --progress-bar --cert --client-cert --cache-dir --log --src --config-settings --config-setting -C
  --global-option --build-option --exists-action --use-feature --use-deprecated --report --python -p
  --root-user-action --link-mode --index --default-index --resolution --prerelease --python-platform
  --default-timeout`.split(/\s+/),
);
const FOLDERS: ReadonlySet<string> = new Set(["-t", "--target", "--prefix", "--root"]);
const TOOLS: ReadonlySet<string> = new Set([
  "pip",
  "setuptools",
  "wheel",
  "virtualenv",
  "uv",
  "pip-tools",
]);
const QUERIES: ReadonlySet<string> = new Set(
  "list show check config cache index debug help inspect freeze hash search completion tree".split(
    " ",
  ),
);

/** Reads the words behind `pip`. */
export function readInstall(args: readonly Said[], ran: Ran, input: FinderInput): Install {
  let at = 0;
  while (at < args.length && args[at]!.word.text.startsWith("-")) {
    at += VALUES.has(args[at]!.word.text) ? 2 : 1;
  }
  const verb = args[at] === undefined ? null : only(args[at]!.value);
  if (verb === null) return { verdict: "query", reason: "", sources: [], missing: [], adds: false };
  if (verb === "freeze" && writesFile(ran)) return report(FREEZE);
  if (QUERIES.has(verb))
    return { verdict: "query", reason: "", sources: [], missing: [], adds: false };
  const said = readArguments(args.slice(at + 1), ran, input);
  if (verb === "install") {
    const install = judged(said, input);
    return { ...install, adds: install.verdict === "report" && !said.folder };
  }
  const names = [...said.sources];
  if (verb === "uninstall")
    return report("Removes packages: take them out of the central requirements.", names);
  if (verb === "sync")
    return report("Installs exactly what a file says: setup.py does that from the lock.", names);
  return report(
    `pip ${verb} stays: setup.py vendor and setup.py lock are what One Venv has for it.`,
    names,
  );
}

function report(
  reason: string,
  sources: readonly string[] = [],
  missing: readonly string[] = [],
): Install {
  return { verdict: "report", reason, sources, missing, adds: false };
}

interface Asked {
  readonly sources: Set<string>;
  /** Files that are not known to be accounted for. */
  readonly open: string[];
  readonly names: string[];
  readonly locals: {
    readonly text: string;
    readonly name: string | null;
    /** It asks for extras that nothing accounts for. */
    readonly extras: boolean;
  }[];
  readonly strange: string[];
  folder: boolean;
}

function readArguments(args: readonly Said[], ran: Ran, input: FinderInput): Asked {
  const asked: Asked = {
    sources: new Set(),
    open: [],
    names: [],
    locals: [],
    strange: [],
    folder: false,
  };
  for (let i = 0; i < args.length; i += 1) {
    const { word, value } = args[i]!;
    const text = only(value) ?? word.text;
    const [, long, given] = /^(--[\w-]+)=(.*)$/s.exec(text) ?? [];
    const option = long ?? text;
    const next = (): Said | undefined => args[++i];
    if (/^(-[a-zA-Z]*[rc]|--requirement|--requirements|--constraint|--constraints)$/.test(option)) {
      // One of several, as the values of a matrix or a loop: each of them has to be accounted for.
      const files = given === undefined ? textsOf(next()) : [given];
      for (const file of files) source(file, asked, ran, input);
    } else if (/^-[rc]./.test(text)) source(text.slice(2), asked, ran, input);
    else if (option === "-e" || option === "--editable") {
      target(given ?? textOf(next()), asked, ran, input);
    } else if (FOLDERS.has(option)) {
      asked.folder = true;
      if (given === undefined) next();
    } else if (VALUES.has(option)) {
      if (given === undefined) next();
    } else if (option === "--group")
      asked.strange.push(text + (given === undefined ? ` ${textOf(next())}` : ""));
    else if (!text.startsWith("-")) {
      if (only(value) === null) asked.strange.push(word.text);
      else target(text, asked, ran, input);
    }
  }
  return asked;
}

function textOf(said: Said | undefined): string {
  return said === undefined ? UNKNOWN : (only(said.value) ?? UNKNOWN);
}

function textsOf(said: Said | undefined): readonly string[] {
  const texts = said?.value.texts ?? [UNKNOWN];
  return texts.some((text) => text.includes(UNKNOWN)) ? [UNKNOWN] : texts;
}

function source(
  text: string,
  asked: Asked,
  { place }: Ran,
  { accounted, tree }: FinderInput,
): void {
  const all = [...new Set(locations(text, place).flatMap(({ path }) => path ?? []))];
  const real = all.filter((path) => accounted.has(path) || tree.has(path));
  for (const path of real) asked.sources.add(path);
  const covered = real.length > 0 && real.every((path) => accounted.has(path));
  if (!covered) asked.open.push(text.includes(UNKNOWN) ? "a file that is not known here" : text);
}

/** A requirement, or a folder or archive that lies here. */
function target(text: string, asked: Asked, ran: Ran, input: FinderInput): void {
  const egg = /#egg=([\w.-]+)/.exec(text)?.[1];
  const named = /^([A-Za-z0-9][\w.-]*)\s*(\[[^\]]*\])?\s*(@|[<>=!~;]|$)/.exec(text)?.[1];
  if (egg !== undefined) asked.names.push(normalizeName(egg));
  else if (/^[a-z+]+:|\.(whl|zip|tar\.gz)$/i.test(text) || text.includes(UNKNOWN))
    asked.strange.push(text);
  else if (/^\.|\//.test(text) || named === undefined) {
    const path = text.replace(/\[[^\]]*\]$/, "");
    const [first] = locations(path, ran.place);
    const folder = first?.path ?? null;
    const name = folder === null ? null : memberName(folder, input);
    const extras = path !== text && folder !== null && !hasAccounted(folder, input);
    asked.locals.push({ text: path, name, extras });
  } else asked.names.push(normalizeName(named));
}

/** Whether the metadata of a folder is accounted for, its extras too. */
function hasAccounted(folder: string, { accounted }: FinderInput): boolean {
  const prefix = folder === "" ? "" : `${folder}/`;
  return ["pyproject.toml", "setup.cfg", "setup.py"].some((file) => accounted.has(prefix + file));
}

function judged(asked: Asked, { declared }: FinderInput): Install {
  const sources = [...asked.sources];
  if (asked.folder) return report(FOLDER, sources);
  const [open] = asked.open;
  if (open !== undefined) {
    return report(
      `The central requirements do not account for ${open}: consolidate first, then this becomes setup.py.`,
      sources,
    );
  }
  const [strange] = asked.strange;
  if (strange !== undefined)
    return report(
      "What it installs cannot be told from here: declare it in the central requirements.",
      sources,
    );
  const local = asked.locals.find(({ name }) => name === null || !declared.has(name));
  if (local !== undefined) {
    return report(
      `Make ${local.text} an editable member of the central requirements (-e), then this becomes setup.py.`,
      sources,
    );
  }
  const wanted = asked.names.filter((name) => !TOOLS.has(name));
  const missing = wanted.filter((name) => !declared.has(name));
  if (missing.length > 0) {
    return report(
      `Nothing declares ${missing.join(", ")}: declare ${missing.length === 1 ? "it" : "them"} in the central requirements, then this becomes setup.py.`,
      sources,
      missing,
    );
  }
  if (wanted.length > 0) {
    return {
      verdict: "declared",
      sources,
      missing: [],
      adds: false,
      reason: "The central requirements name these packages; setup.py installs all of them.",
    };
  }
  const extras = asked.locals.find((one) => one.extras);
  if (extras !== undefined) {
    const reason = `Whether the central requirements have what the extras of ${extras.text} bring is not known here.`;
    return { verdict: "declared", sources, missing: [], adds: false, reason };
  }
  if (sources.length === 0 && asked.locals.length === 0)
    return { verdict: "tools", reason: "", sources, missing: [], adds: false };
  return {
    verdict: "covered",
    missing: [],
    adds: false,
    reason: "The central requirements account for what it installs.",
    sources,
  };
}

function writesFile({ node }: Ran): boolean {
  return node.redirects.some(
    ({ operator }) => operator === ">" || operator === ">>" || operator === ">|",
  );
}

const FREEZE = "Would bring a scattered file back: setup.py lock writes what is installed.";
const FOLDER =
  "Fills a folder and no environment: it needs a lock exported for it (one-venv export), with the central pins.";
