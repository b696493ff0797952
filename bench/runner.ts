// What the runner costs over Python itself, beside `uv run` and `poetry run`, with pyenv's shims on
// PATH and without: npm run bench runner
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cached } from "../scripts/cache.ts";
import { pythons } from "../test/python/pythons.ts";
import { environment, repository } from "../test/python/repository.ts";
import { uvFolder } from "../test/python/uv.ts";

const ROUNDS = 60;
/** For what takes a second. */
const FEW = 9;

const python = (await pythons()).at(-1)!;
const root = repository(python);
const venv = join(root, "build/python/venv");
writeFileSync(join(root, "pass.py"), "pass\n");
const uv = await uvFolder();
const project = join(root, "project");
mkdirSync(project);
writeFileSync(
  join(project, "pyproject.toml"),
  '[project]\nname = "bench"\nversion = "1"\nrequires-python = ">=3.8"\n',
);

const bare = [join(venv, "bin/python3"), "pass.py"];
const calls: Record<string, string[]> = {
  "bare Python": bare,
  "build/python/run.py": ["build/python/run.py", "pass.py"],
  "sh build/python/run.py": ["sh", "build/python/run.py", "pass.py"],
  "python build/python/run.py": [python.path, "build/python/run.py", "pass.py"],
};
if (uv !== undefined) {
  const words = [join(uv, "uv"), "--directory", project];
  const options = ["--offline", "--no-python-downloads", "--python", python.path];
  execFileSync(words[0]!, [...words.slice(1), "sync", ...options.slice(1), "--offline"], {
    stdio: "ignore",
  });
  calls["uv run"] = [...words, "run", ...options, "--no-sync", "python", join(root, "pass.py")];
}

/** The Python of a venv with Poetry, fetched once into the user's cache. */
const poetry = await cached("poetry", async (part) => {
  execFileSync(python.path, ["-m", "venv", part], { stdio: "ignore" });
  const words = ["-m", "pip", "install", "--quiet", "poetry"];
  execFileSync(join(part, "bin/python"), words, { stdio: "ignore" });
}).then(
  (folder) => join(folder, "bin/python"),
  () => undefined,
);
if (poetry !== undefined) {
  const own = join(root, "poetry");
  mkdirSync(own);
  const lines = ["[tool.poetry]", "package-mode = false", "[tool.poetry.dependencies]", ""];
  writeFileSync(join(own, "pyproject.toml"), lines.join("\n"));
  execFileSync(python.path, ["-m", "venv", "--without-pip", join(own, ".venv")]);
  const words = [poetry, "-m", "poetry", "--directory", own, "run", "python"];
  calls["poetry run"] = [...words, join(root, "pass.py")];
}

const env = environment();
const path = (env.PATH ?? "").split(delimiter);
const shims = path.filter((folder) => folder.endsWith("/shims"));
const plain = path.filter((folder) => !folder.endsWith("/shims")).join(delimiter);
const shimmed = [...shims, plain].join(delimiter);
if (shims.length > 0) {
  calls["run.py, no shims on PATH"] = ["build/python/run.py", "pass.py"];
  calls["python3, a pyenv shim"] = ["python3", "pass.py"];
}
const pathOf = (name: string) => (name.includes("no shims") ? plain : shimmed);
const times = new Map(Object.keys(calls).map((name) => [name, [] as number[]]));
// Round by round, so that a busy machine is busy for all of them.
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, [program = "", ...rest]] of Object.entries(calls)) {
    if (name === "poetry run" && round >= FEW) continue;
    const begun = performance.now();
    const options = { cwd: root, env: { ...env, PATH: pathOf(name) }, stdio: "ignore" } as const;
    const { status } = spawnSync(program, rest, options);
    times.get(name)!.push(performance.now() - begun);
    if (status !== 0) throw new Error(`${name} ended with ${status}`);
  }
}
const median = (name: string) => {
  const all = times.get(name)!.sort((a, b) => a - b);
  return all[all.length >> 1]!;
};
const base = median("bare Python");
console.log(`Python ${python.name}, medians of ${ROUNDS} rounds (poetry: ${FEW})`);
if (uv === undefined) console.log("uv run: left out, there is no uv and none could be fetched");
if (poetry === undefined) console.log("poetry run: left out, poetry could not be fetched");
for (const name of Object.keys(calls)) {
  const time = median(name);
  const over = `${(time - base).toFixed(1)} ms over`.padStart(14);
  console.log(
    `${name.padEnd(28)}${time.toFixed(1).padStart(7)} ms ${over}  ×${(time / base).toFixed(2)}`,
  );
}
