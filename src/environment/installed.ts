import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { VENV } from "./layout.ts";

/**
 * What the central venv holds, by normalised name, as the last build recorded it; empty where
 * there is no build.
 */
export async function installedVersions(root: string): Promise<ReadonlyMap<string, string>> {
  try {
    const text = await readFile(join(root, ...VENV.split("/"), ".one-venv.json"), "utf8");
    const { packages } = JSON.parse(text) as { packages?: Record<string, string> };
    return new Map(Object.entries(packages ?? {}));
  } catch {
    return new Map();
  }
}

/** What an installed distribution's metadata says of itself. */
export interface InstalledMetadata {
  /** As written. */
  readonly name: string;
  readonly version: string;
  readonly requiresPython: string | null;
}

/** The metadata of what the central venv holds; empty where there is no build. */
export async function installedMetadata(root: string): Promise<InstalledMetadata[]> {
  const folders = await sitePackages(join(root, ...VENV.split("/")));
  const found = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(folder).catch(() => []);
      const infos = names.filter((name) => name.endsWith(".dist-info"));
      return Promise.all(infos.map((name) => readMetadata(join(folder, name, "METADATA"))));
    }),
  );
  return found.flat().flatMap((one) => one ?? []);
}

async function sitePackages(venv: string): Promise<string[]> {
  if (process.platform === "win32") return [join(venv, "Lib", "site-packages")];
  const names = await readdir(join(venv, "lib")).catch(() => []);
  return names.map((name) => join(venv, "lib", name, "site-packages"));
}

async function readMetadata(path: string): Promise<InstalledMetadata | null> {
  const text = await readFile(path, "utf8").catch(() => "");
  // The first empty line ends the fields; a description follows.
  const [fields = ""] = text.split(/\r?\n\r?\n/);
  const field = (name: string) =>
    new RegExp(`^${name}:[ \\t]*(.+?)[ \\t\\r]*$`, "im").exec(fields)?.[1] ?? null;
  const [name, version] = [field("Name"), field("Version")];
  return name && version ? { name, version, requiresPython: field("Requires-Python") } : null;
}
