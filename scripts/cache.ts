import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The folder of this user's where One Venv keeps what it fetched once. */
export function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === "win32" && LOCALAPPDATA) return join(LOCALAPPDATA, "one-venv");
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "one-venv");
  return join(XDG_CACHE_HOME || join(homedir(), ".cache"), "one-venv");
}

/**
 * The cache folder of that name, filled by `fill` if it is not there yet. It is filled beside
 * and renamed when complete, so a killed `fill` leaves nothing that looks done; a second process
 * waits for the first.
 */
export async function cached(
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(cacheFolder(), name);
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const unlock = await lock(`${folder}.lock`, name);
  try {
    if (existsSync(folder)) return folder;
    // What a killed process started may still write to its own part.
    for (const left of await readdir(dirname(folder))) {
      if (!left.startsWith(`${name}.`) || !left.endsWith(".part")) continue;
      await rm(join(dirname(folder), left), { recursive: true }).catch(() => undefined);
    }
    const part = `${folder}.${process.pid}.part`;
    await mkdir(part);
    await fill(part);
    await rename(part, folder);
    return folder;
  } finally {
    await unlock();
  }
}

/** Take a lock file that names our process, after waiting while a living process holds it. */
async function lock(path: string, name: string): Promise<() => Promise<void>> {
  for (let told = false; ; await sleep(500)) {
    try {
      await writeFile(path, String(process.pid), { flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      if (await isStale(path)) await rm(path, { force: true });
      else if (!told) console.log(`Waiting for another One Venv that fetches ${name} …`);
      told = true;
      continue;
    }
    // Two that found it stale may both have removed it, the second one ours.
    await sleep(100);
    if (Number(await readFile(path, "utf8").catch(() => "")) !== process.pid) continue;
    return () => rm(path, { force: true });
  }
}

/** Whether nobody holds a lock any more: its process is gone, or is a later one by that number. */
async function isStale(path: string): Promise<boolean> {
  try {
    const owner = Number(await readFile(path, "utf8"));
    const minutes = (Date.now() - (await stat(path)).mtimeMs) / 60_000;
    return owner > 0 ? !isAlive(owner) || minutes > 20 : minutes > 0.2;
  } catch {
    // Gone meanwhile: the next attempt will tell.
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
