// What the runner costs over Python itself, beside `uv run`: npm run bench runner
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pythons } from "../test/python/pythons.ts";
import { environment, repository } from "../test/python/repository.ts";
import { uvFolder } from "../test/python/uv.ts";

const ROUNDS = 60;

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

const env = environment();
const times = new Map(Object.keys(calls).map((name) => [name, [] as number[]]));
// Round by round, so that a busy machine is busy for all of them.
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, [program = "", ...rest]] of Object.entries(calls)) {
    const begun = performance.now();
    const { status } = spawnSync(program, rest, { cwd: root, env, stdio: "ignore" });
    times.get(name)!.push(performance.now() - begun);
    if (status !== 0) throw new Error(`${name} ended with ${status}`);
  }
}
const median = (name: string) => times.get(name)!.sort((a, b) => a - b)[ROUNDS / 2]!;
const base = median("bare Python");
console.log(`Python ${python.name}, medians of ${ROUNDS} rounds`);
for (const name of Object.keys(calls)) {
  const time = median(name);
  const over = `${(time - base).toFixed(1)} ms over`.padStart(14);
  console.log(
    `${name.padEnd(28)}${time.toFixed(1).padStart(7)} ms ${over}  ×${(time / base).toFixed(2)}`,
  );
}
