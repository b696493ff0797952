// What setup.py costs beside bare uv and bare pip, run in turns: a build from a warm cache, a sync
// with nothing to do, and a check of 300 packages. Needs the network once, to warm the caches.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { pythons } from "../test/python/pythons.ts";
import { addHands, environment, scratch, write } from "../test/python/repository.ts";
import { uvFolder } from "../test/python/uv.ts";
import { makeWheels } from "../test/python/wheels.ts";

const SET = [
  "fastapi",
  "uvicorn[standard]",
  "httpx",
  "pydantic-settings",
  "sqlalchemy",
  "requests",
  "pyyaml",
];

const python = (await pythons()).at(-1)!;
const uv = await uvFolder();
const env = environment();
if (uv !== undefined) env.PATH = `${uv}:${env.PATH}`;
const file = (root: string) => join(root, "build/python/setup.py");

/** Milliseconds that calls take, one after the other. */
function timed(cwd: string, ...calls: string[][]): number {
  const begun = performance.now();
  for (const [program = "", ...rest] of calls) {
    const { status, stderr } = spawnSync(program, rest, { cwd, env });
    if (status !== 0) throw new Error(`${program} ${rest.join(" ")}: ${stderr}`);
  }
  return performance.now() - begun;
}

/** Medians over rounds in which every contestant has its turn, printed with the ratio to the first. */
function compare(title: string, rounds: number, contestants: Record<string, () => number>): void {
  const times = new Map(Object.keys(contestants).map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(contestants)) times.get(name)!.push(run());
  }
  console.log(`\n${title} (medians of ${rounds})`);
  const medians = [...times].map(
    ([name, all]) => [name, all.sort((a, b) => a - b)[rounds >> 1]!] as const,
  );
  for (const [name, time] of medians) {
    const ratio = (time / medians[0]![1]).toFixed(2);
    console.log(`  ${name.padEnd(40)}${time.toFixed(0).padStart(8)} ms  ×${ratio}`);
  }
}

/** A root with a lock for `lines`, made by the installer. */
function locked(installer: string, lines: string[]): string {
  const root = scratch();
  addHands(root);
  write(root, { "build/python/requirements.txt": `${lines.join("\n")}\n` });
  timed(root, [python.path, file(root), "lock", "--installer", installer]);
  return root;
}

function building(installer: "uv" | "pip", rounds: number): void {
  const root = locked(installer, SET);
  const lock = join(root, "build/python/requirements.lock");
  const other = join(root, "other");
  const setup = [python.path, file(root), "--installer", installer];
  const bare =
    installer === "uv"
      ? [
          ["uv", "venv", "--seed", "--python", python.path, other],
          ["uv", "pip", "sync", "--python", join(other, "bin/python"), lock],
        ]
      : [
          [python.path, "-m", "venv", other],
          [join(other, "bin/python"), "-m", "pip", "install", "-r", lock],
        ];
  const names = { uv: "uv venv --seed + uv pip sync", pip: "python -m venv + pip install -r" };
  timed(root, ...bare);
  compare(`build of ${SET.length} requirements from a warm cache, ${installer}`, rounds, {
    [names[installer]]: () => {
      rmSync(other, { recursive: true, force: true });
      return timed(root, ...bare);
    },
    "setup.py": () => {
      rmSync(join(root, "build/python/venv"), { recursive: true, force: true });
      return timed(root, setup);
    },
  });
  compare(`nothing to do, ${installer}`, 7, {
    [installer === "uv" ? "uv pip sync" : "pip install -r"]: () => timed(root, bare[1]!),
    "setup.py": () => timed(root, setup),
  });
}

function checking(): void {
  const wheels = scratch();
  const names = Array.from({ length: 300 }, (_, n) => `package-${n}`);
  makeWheels(
    python,
    wheels,
    names.map((name, n) => ({
      name,
      version: "1.0",
      requires: n > 0 ? [`package-${n - 1}>=1`] : [],
    })),
  );
  env.PIP_FIND_LINKS = env.UV_FIND_LINKS = wheels;
  const root = locked(uv === undefined ? "pip" : "uv", names);
  timed(root, [python.path, file(root)]);
  const program = join(root, "build/python/venv/bin/python");
  compare("check of 300 packages", 9, {
    "pip check": () => timed(root, [program, "-m", "pip", "check"]),
    ...(uv && { "uv pip check": () => timed(root, ["uv", "pip", "check", "--python", program]) }),
    "setup.py check": () => timed(root, [python.path, file(root), "check"]),
  });
}

if (uv !== undefined) building("uv", 5);
building("pip", 3);
checking();
