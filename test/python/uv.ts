import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cached } from "../../scripts/cache.ts";
import { pythons } from "./pythons.ts";

/** The folder of a uv: one on PATH, else one fetched once into the user's cache; else undefined. */
export async function uvFolder(): Promise<string | undefined> {
  const name = process.platform === "win32" ? "uv.exe" : "uv";
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .find((one) => existsSync(join(one, name)));
  if (onPath !== undefined) return onPath;
  try {
    const python = (await pythons()).at(-1)!;
    const folder = await cached("uv", async (part) => {
      execFileSync(python.path, ["-m", "pip", "install", "--quiet", "--target", part, "uv"], {
        stdio: "ignore",
      });
    });
    return join(folder, "bin");
  } catch {
    return undefined;
  }
}

/** What a test says that is skipped because there is no uv. */
export const NO_UV = "no uv here, and none could be fetched";
