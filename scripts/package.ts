/** `npm run package`: what is given to others, a VSIX for VS Code and a .tgz for the terminal. */
import { cp, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle, runTool } from "./bundle.ts";
import { main } from "./main.ts";

const root = join(import.meta.dirname, "..");
const out = join(root, "out");

/** Build both into `out/`; a warning of vsce is an error. Paths of the files. */
export async function buildPackage(): Promise<{ vsix: string; tgz: string }> {
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  await mkdir(out, { recursive: true });
  await bundle({ production: true });
  const vsix = join(out, `one-venv-${manifest.version}.vsix`);
  const said = await runTool("vsce", [
    ...["package", "--no-dependencies", "--allow-missing-repository"],
    ...["--no-rewrite-relative-links", "--out", vsix],
  ]);
  if (/warning/i.test(said)) throw new Error(said);
  return { vsix, tgz: await packCommandLine(manifest) };
}

/** The command line alone, bundled, so that installing it installs nothing else. */
async function packCommandLine(manifest: Record<string, unknown>): Promise<string> {
  const folder = join(out, "npm");
  await rm(folder, { recursive: true, force: true });
  for (const path of [
    ...["README.md", "CHANGELOG.md", "LICENSE"],
    ...["one-venv.cjs", "cli.cjs", "python", "NOTICES.txt"].map((name) => join("dist", name)),
  ]) {
    await cp(join(root, path), join(folder, path), { recursive: true });
  }
  const { name, version, description, license, keywords } = manifest;
  const bin = { "one-venv": "dist/one-venv.cjs" };
  const own = { name, version, description, license, keywords, bin, engines: { node: ">=22" } };
  await writeFile(join(folder, "package.json"), `${JSON.stringify(own, null, 2)}\n`);
  await runTool("npm", ["pack", folder, "--pack-destination", out, "--loglevel=error"]);
  return join(out, `${name}-${version}.tgz`);
}

if (import.meta.main) {
  await main(async () => {
    for (const file of Object.values(await buildPackage())) {
      console.log(`${file} (${Math.round((await stat(file)).size / 1024)} KB)`);
    }
  });
}
