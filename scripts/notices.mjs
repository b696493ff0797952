import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The licence texts of the npm packages that bundled files come from: their licences ask that
 * every copy holds them.
 * @param {Iterable<string>} files paths of modules
 */
export function noticesOf(files) {
  const folders = new Set([...files].flatMap((file) => packageFolder(file) ?? []));
  const notices = [...folders].map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const licence = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (licence === undefined) throw new Error(`${name} has no licence file`);
    const text = readFileSync(join(folder, licence), "utf8").trim();
    return `${name} ${version}\n\n${text}\n`;
  });
  return notices.sort().join(`\n${"-".repeat(72)}\n\n`);
}

/**
 * The folder in node_modules that a file belongs to.
 * @param {string} file
 * @returns {string | undefined}
 */
function packageFolder(file) {
  if (!/[\\/]node_modules[\\/]/.test(file)) return undefined;
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest) && "version" in JSON.parse(readFileSync(manifest, "utf8"))) {
      return folder;
    }
  }
  return undefined;
}
