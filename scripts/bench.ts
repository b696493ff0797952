/** `npm run bench` measures everything, `npm run bench -- NAME` one thing. */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { basename, join } from "node:path";
import { pythons } from "../test/python/pythons.ts";
import { main } from "./main.ts";

const folder = join(import.meta.dirname, "..", "bench");

/** The files of bench/ that measure, each in a process of its own; each prints its own figures. */
const benches = globSync("*.ts", { cwd: folder, exclude: ["generated-tree.ts"] })
  .map((file) => basename(file, ".ts"))
  .sort();

await main(async () => {
  const [wanted] = process.argv.slice(2);
  if (wanted !== undefined && !benches.includes(wanted)) {
    throw new Error(`There is no bench ${wanted}; the benches are ${benches.join(", ")}.`);
  }
  await printMachine();
  for (const name of wanted === undefined ? benches : [wanted]) {
    console.log(`\n${name}`);
    const file = join(folder, `${name}.ts`);
    const { status } = spawnSync(process.execPath, [file], { stdio: "inherit" });
    if (status !== 0) process.exitCode = 1;
  }
});

/** What figures depend on, and nothing that says whose machine it is. */
async function printMachine(): Promise<void> {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  console.log(
    `${process.platform} ${process.arch}, ${availableParallelism()} cores (${model}), ${memory}`,
  );
  const git = spawnSync("git", ["--version"], { encoding: "utf8" }).stdout.trim();
  const python = (await pythons()).map(({ name }) => name).join(", ");
  console.log(`Node ${process.versions.node}, Python ${python}, ${git}`);
}
