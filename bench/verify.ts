// `setup.py verify` of 500 scripts that share 100 modules, beside compiling the same files alone, which
// is the least that it can take: npm run bench verify
import { execFileSync, spawnSync } from "node:child_process";
import { pythons } from "../test/python/pythons.ts";
import { environment, repository, write } from "../test/python/repository.ts";

const ROUNDS = 7;
const python = (await pythons()).at(-1)!;
const root = repository(python);
const body = Array.from(
  { length: 20 },
  (_, n) => `def step_${n}(items, count=1):
    found = {key: value for key, value in zip(items, range(count))}
    if found and items[0] == ${n}:
        return [item.strip() for item in items if item]
    return os.path.join(str(items), "b")
`,
).join("\n");
const files: Record<string, string> = { "libs/__init__.py": "" };
for (let n = 0; n < 100; n++) {
  files[`libs/part${n % 10}/__init__.py`] = "";
  const before = n > 0 ? `from libs.part${(n - 1) % 10} import module${n - 1}\n` : "";
  files[`libs/part${n % 10}/module${n}.py`] = `import os\nimport json\n${before}${body}`;
}
for (let n = 0; n < 500; n++) {
  const shared = [1, 7, 31].map((step) => (n * step) % 100);
  const imports = shared.map((m) => `from libs.part${m % 10} import module${m}\n`).join("");
  files[`services/s${n % 170}/main${n}.py`] =
    `import os, re, sys, argparse, logging\n${imports}${body}\nif __name__ == "__main__":\n    step_1([])\n`;
}
write(root, files);
write(root, { "build/python/requirements.txt": "" });
execFileSync("git", ["init", "-q"], { cwd: root });

const compile = `import glob
for file in glob.glob("**/*.py", recursive=True):
    with open(file, "rb") as stream:
        compile(stream.read(), file, "exec", dont_inherit=True)`;
const calls: Record<string, string[]> = {
  "compile() alone": [python.path, "-c", compile],
  "setup.py verify": [python.path, "build/python/setup.py", "verify", "--json"],
};
const times = new Map(Object.keys(calls).map((name) => [name, [] as number[]]));
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, [program = "", ...rest]] of Object.entries(calls)) {
    const begun = performance.now();
    const { status, stdout, stderr } = spawnSync(program, rest, {
      cwd: root,
      env: environment(),
      encoding: "utf8",
      maxBuffer: 1 << 26,
    });
    times.get(name)!.push(performance.now() - begun);
    if (status !== 0) throw new Error(`${name}: ${stdout}${stderr}`);
    if (name === "setup.py verify" && JSON.parse(stdout).scripts.length !== 500) {
      throw new Error(`not all scripts were judged`);
    }
  }
}
console.log(`500 scripts, ${Object.keys(files).length} files (medians of ${ROUNDS})`);
const medians = [...times].map(
  ([name, all]) => [name, all.sort((a, b) => a - b)[ROUNDS >> 1]!] as const,
);
for (const [name, time] of medians) {
  const ratio = (time / medians[0]![1]).toFixed(2);
  console.log(`  ${name.padEnd(20)}${time.toFixed(0).padStart(8)} ms  ×${ratio}`);
}
