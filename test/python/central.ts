import { delimiter, join } from "node:path";
import type { Python } from "./pythons.ts";
import { addHands, environment, type Outcome, run, scratch, start, write } from "./repository.ts";
import { addPip, makeWheels, type Wheel } from "./wheels.ts";

export type Installer = "pip" | "uv";

/** A repository whose central venv is built from a folder of tiny wheels, without a network. */
export interface Central {
  root: string;
  wheels: string;
  env: NodeJS.ProcessEnv;
  /** The words that call setup.py. */
  words: (...more: string[]) => string[];
  setup: (...more: string[]) => Promise<Outcome>;
  begin: (...more: string[]) => ReturnType<typeof start>;
  check: () => Promise<{
    healthy: boolean;
    reasons: { code: string; message: string; mend: string }[];
  }>;
  require: (...lines: string[]) => void;
  /** Runs a program or code with the runner. */
  runner: (...more: string[]) => Promise<Outcome>;
}

export const WHEELS: Wheel[] = [
  { name: "apple", version: "1.0", program: "apple" },
  { name: "apple", version: "2.0", program: "apple" },
  { name: "pear", version: "1.0", requires: ["seed-of-pear>=1"] },
  { name: "seed-of-pear", version: "1.0" },
  { name: "seed-of-pear", version: "1.5" },
  { name: "plum", version: "1.0", requires: ["apple<2"] },
  { name: "broken", version: "1.0", corrupt: true },
  { name: "wheel", version: "0.1" }, // with pip and setuptools, uv seeds a venv with it
];

const uvCache = scratch();

/** The environment in which pip and uv see the folder of wheels and nothing else. */
export function closedEnvironment(wheels: string, uv: string | undefined): NodeJS.ProcessEnv {
  const env = environment({
    PIP_NO_INDEX: "1",
    PIP_FIND_LINKS: wheels,
    PIP_CONFIG_FILE: "/dev/null",
    HOME: join(wheels, "home"),
    UV_NO_CONFIG: "1",
    UV_CACHE_DIR: uvCache,
  });
  for (const name of ["CI", "XDG_CONFIG_HOME", "UV_FIND_LINKS", "UV_INDEX_URL"]) delete env[name];
  if (uv !== undefined) env.PATH = `${uv}${delimiter}${env.PATH}`;
  return env;
}

export function central(
  python: Python,
  installer: Installer,
  uv: string | undefined,
  root = join(scratch(), "repo"),
): Central {
  const wheels = join(scratch(), "wheels");
  makeWheels(python, wheels, WHEELS);
  addPip(python, wheels);
  addHands(root);
  const env = closedEnvironment(wheels, installer === "uv" ? uv : undefined);
  const at = join(root, "build/python/setup.py");
  const words = (...more: string[]) => [python.path, at, ...more];
  const build = (more: string[]) =>
    more.length === 0 || more[0]!.startsWith("-") ? ["--installer", installer, ...more] : more;
  const setup = (...more: string[]) => run(words(...build(more)), { cwd: root, env });
  const begin = (...more: string[]) => start(words(...build(more)), { cwd: root, env });
  const check = async () => JSON.parse((await setup("check", "--json")).stdout);
  const runner = (...more: string[]) =>
    run([join(root, "build/python/run.py"), ...more], { cwd: root, env });
  const require = (...lines: string[]) =>
    write(root, { "build/python/requirements.txt": `${lines.join("\n")}\n` });
  return { root, wheels, env, words, setup, begin, check, require, runner };
}
