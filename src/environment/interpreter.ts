import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { execa } from "execa";

/** A Python that can run setup.py, and what it says of itself. */
export interface Interpreter {
  /** The real executable: shims and launchers are resolved. */
  readonly path: string;
  /** major.minor.micro */
  readonly version: string;
  /** Its PEP 508 marker environment, by variable name. */
  readonly environment: Readonly<Record<string, string>>;
}

export const OLDEST = [3, 8] as const;

/** What an interpreter is asked; standard library only, from Python 3.8 (older ones answer too). */
const QUESTION = `
import json, os, platform, sys
i = sys.implementation
v = "%d.%d.%d" % i.version[:3]
if i.version.releaselevel != "final":
    v += i.version.releaselevel[0] + str(i.version.serial)
print(json.dumps({"path": getattr(sys, "_base_executable", None) or sys.executable, "version": "%d.%d.%d" % sys.version_info[:3], "environment": {
    "implementation_name": i.name, "implementation_version": v, "os_name": os.name,
    "platform_machine": platform.machine(), "platform_release": platform.release(),
    "platform_system": platform.system(), "platform_version": platform.version(),
    "python_full_version": platform.python_version(),
    "platform_python_implementation": platform.python_implementation(),
    "python_version": "%d.%d" % sys.version_info[:2], "sys_platform": sys.platform}}))
`;

/** What one command answers, or null where it is no Python that runs. */
export async function ask(command: readonly string[]): Promise<Interpreter | null> {
  const [file, ...args] = command;
  try {
    const { stdout } = await execa(file!, [...args, "-I", "-S", "-c", QUESTION], {
      timeout: 30_000,
    });
    return JSON.parse(stdout) as Interpreter;
  } catch {
    return null;
  }
}

/** Where a Python may be, in the order it is preferred. */
export async function candidates(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): Promise<string[][]> {
  if (platform === "win32") return [["py", "-3"], ["python3"], ["python"]];
  const names = [
    "python3",
    ...[14, 13, 12, 11, 10, 9, 8].map((minor) => `python3.${minor}`),
    "python",
  ];
  const usual = ["/usr/local/bin", "/opt/homebrew/bin", "/usr/bin"];
  const onPath = (env.PATH ?? "").split(delimiter).some((folder) => usual.includes(folder));
  const pyenv = join(env.PYENV_ROOT ?? join(homedir(), ".pyenv"), "versions");
  const versions = await readdir(pyenv).catch(() => []);
  return [
    ...names.map((name) => [name]),
    ...(onPath ? [] : usual.map((folder) => [join(folder, "python3")])),
    ...versions.map((version) => [join(pyenv, version, "bin", "python3")]),
  ];
}

export function isOldEnough({ version }: Interpreter): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** What was found: the first Python that fits, and those that were seen and why they do not. */
export interface Found {
  readonly interpreter: Interpreter | null;
  readonly tooOld: readonly Interpreter[];
}

/**
 * The first Python of this machine that can run setup.py and fits; where none fits, the first
 * that can run it.
 */
export async function findInterpreter(
  fits: (interpreter: Interpreter) => boolean = () => true,
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): Promise<Found> {
  const tooOld: Interpreter[] = [];
  let fallback: Interpreter | null = null;
  for (const command of await candidates(env, platform)) {
    const interpreter = await ask(command);
    if (!interpreter) continue;
    if (!isOldEnough(interpreter)) tooOld.push(interpreter);
    else if (fits(interpreter)) return { interpreter, tooOld };
    else fallback ??= interpreter;
  }
  return { interpreter: fallback, tooOld };
}
