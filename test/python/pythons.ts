import { execFile } from "node:child_process";
import { closeSync, openSync, readdirSync, readSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

/** A Python of this machine: the real path of its program, and [major, minor]. */
export interface Python {
  path: string;
  version: [number, number];
  name: string;
}

const listed = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** A pyenv shim is a script; what it stands for is found in pyenv's own folder. */
const isScript = (path: string): boolean => {
  const head = Buffer.alloc(2);
  const file = openSync(path, "r");
  readSync(file, head, 0, 2, 0);
  closeSync(file);
  return head.toString() === "#!";
};

function candidates(): string[] {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const versions = join(process.env.PYENV_ROOT ?? join(homedir(), ".pyenv"), "versions");
  folders.push(...listed(versions).map((name) => join(versions, name, "bin")));
  const found = folders.flatMap((folder) =>
    listed(folder)
      .filter((name) => /^python3\.\d+$/.test(name))
      .map((name) => join(folder, name)),
  );
  const real = found.flatMap((path) => {
    try {
      return isScript(path) ? [] : [realpathSync(path)];
    } catch {
      return [];
    }
  });
  return [...new Set(real)];
}

async function probe(path: string): Promise<Python | undefined> {
  const code =
    "import sys; print('%d %d %d' % sys.version_info[:3], sys.prefix != sys.base_prefix)";
  try {
    const { stdout } = await promisify(execFile)(path, ["-I", "-S", "-c", code]);
    const [major, minor, micro, inVenv] = stdout.trim().split(" ");
    if (inVenv === "True") return undefined;
    return {
      path,
      version: [Number(major), Number(minor)],
      name: `${major}.${minor}.${micro} ${path.startsWith("/usr/") ? "(system)" : ""}`.trim(),
    };
  } catch {
    return undefined;
  }
}

/** Every Python 3 of this machine, on PATH and in pyenv, oldest first, each once. */
export async function everyPython(): Promise<Python[]> {
  const found = await Promise.all(candidates().map(probe));
  return found
    .filter((python) => python !== undefined)
    .sort((a, b) => a.version[1] - b.version[1] || a.path.localeCompare(b.path));
}

/** The Pythons that One Venv works with: 3.8 and newer. */
export async function pythons(): Promise<Python[]> {
  const found = (await everyPython()).filter((python) => python.version[1] >= 8);
  if (found.length === 0) throw new Error("these tests need a Python 3.8 or newer");
  return found;
}
