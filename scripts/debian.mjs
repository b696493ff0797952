/**
 * System packages, on Debian and its like: looked up with dpkg, installed with apt-get where we
 * are root. Elsewhere nothing is installed, only said.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Whether this is Debian or one of its like. */
export function isDebian() {
  return process.platform === "linux" && existsSync("/etc/debian_version");
}

/**
 * Those of the packages that are not installed.
 * @param {string[]} packages names as apt knows them
 * @returns {string[]}
 */
export function missingPackages(packages) {
  return packages.filter((name) => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own placeholder
    const query = spawnSync("dpkg-query", ["-W", "-f=${db:Status-Status}", name]);
    return String(query.stdout) !== "installed";
  });
}

/**
 * Install packages with apt-get. Says what it does; the log is shown only if it fails.
 * @param {string[]} packages names as apt knows them
 * @returns {boolean} false where this is not Debian, we are not root, or apt-get failed
 */
export function aptInstall(packages) {
  if (!isDebian() || process.getuid?.() !== 0) return false;
  console.log(`Installing system packages with apt-get: ${packages.join(" ")}`);
  const install = ["install", "-y", "--no-install-recommends", ...packages];
  // A machine whose package lists are fresh needs no update, which is the slow half.
  if (apt(install).status === 0) return true;
  const update = apt(["update"]);
  const second = apt(install);
  if (second.status !== 0) console.error(`${update.stderr ?? ""}${second.stderr ?? second.error}`);
  return second.status === 0;
}

/** @param {string[]} args */
function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync("apt-get", ["-q", ...args], { env, encoding: "utf8" });
}
