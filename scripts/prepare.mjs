/**
 * Makes a fresh clone ready and runs a task in it: checks what must be there, installs the npm
 * packages where they are missing or not those of the lock, then runs `scripts/TASK.ts` with the
 * Node that the packages bring. Needs nothing installed itself.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { aptInstall } from "./debian.mjs";
import { showProgress } from "./progress.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const windows = process.platform === "win32";

/**
 * Run a task; never returns, the process ends as the task does.
 * @param {string | undefined} task the name of a file in scripts/, without `.ts`
 * @param {string[]} args passed on unchanged
 */
export async function runTask(task, args) {
  if (task === undefined || !existsSync(join(root, "scripts", `${task}.ts`))) {
    fail(`usage: node scripts/setup.mjs TASK [ARGS]; there is no scripts/${task ?? "TASK"}.ts`);
  }
  if (spawnSync("git", ["--version"]).status !== 0) fail("One Venv needs git, and found none.");
  checkPython();
  if (!packagesFit()) await installPackages();
  const node = join(root, "node_modules", "node", "bin", windows ? "node.exe" : "node");
  if (!existsSync(node)) {
    fail("npm installed no Node: are install scripts turned off? (npm config get ignore-scripts)");
  }
  const bin = join(root, "node_modules", ".bin");
  const path = [bin, process.env.PATH ?? ""].join(delimiter);
  const child = spawn(node, [join(root, "scripts", `${task}.ts`), ...args], {
    stdio: "inherit",
    env: { ...process.env, PATH: path },
  });
  endWith(child);
}

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(message);
  process.exit(1);
}

function checkPython() {
  const probe = "import sys; print('%d.%d' % sys.version_info[:2]); import ensurepip, venv";
  const candidates = windows ? [["py", "-3"], ["python"]] : [["python3"], ["python"]];
  const found = [];
  for (const [program = "", ...words] of candidates) {
    const run = spawnSync(program, [...words, "-c", probe], { encoding: "utf8" });
    const version = /^3\.(\d+)/.exec(run.stdout ?? "");
    if (version === null) continue;
    if (Number(version[1]) < 9) {
      found.push(`${program} is ${version[0]}`);
      continue;
    }
    // Debian's plain python3 cannot make virtual environments.
    if (run.status !== 0 && !aptInstall(["python3-venv"])) {
      console.error(`${program} cannot make virtual environments: install python3-venv (Debian).`);
    }
    return;
  }
  const why = found.length > 0 ? found.join(", ") : "found none";
  fail(`One Venv needs Python 3.9 or newer: ${why}.`);
}

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes its own record there
 * last, so an install that was killed has none. Contents are compared, not dates: git sets those.
 */
function packagesFit() {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, "utf8")).packages;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  return Object.keys(wanted).every((path) => {
    const { version, optional, devOptional } = wanted[path];
    if (path === "") return true;
    if (installed[path] === undefined) return optional === true || devOptional === true;
    return installed[path].version === version;
  });
}

async function installPackages() {
  const started = Date.now();
  const stop = showProgress("Installing npm packages");
  // Warnings about engines and install scripts are npm's talk with the authors, not with readers.
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  /** @type {import("node:child_process").SpawnOptions} */
  const options = { cwd: root, stdio: ["ignore", "pipe", "pipe"] };
  const cli = process.env.npm_execpath;
  const child = cli?.endsWith(".js")
    ? spawn(process.execPath, [cli, ...args], options)
    : spawn("npm", args, { ...options, shell: windows });
  let output = "";
  child.stdout?.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    output += chunk;
  });
  const code = await new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", resolve);
  });
  stop();
  if (code !== 0) fail(`${output}npm ci failed (${code}).`);
  console.log(`Installed npm packages in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/**
 * End as the child ends. The terminal sends Ctrl-C to both, so it is only waited for; what was
 * sent to us alone is passed on.
 * @param {import("node:child_process").ChildProcess} child
 */
function endWith(child) {
  process.on("SIGINT", () => {});
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"])) {
    process.on(signal, () => child.kill(signal));
  }
  child.on("error", (error) => fail(error.message));
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
