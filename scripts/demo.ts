/** `npm run demo`: the whole way through in the terminal, on a scratch copy of the example. */
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "./bundle.ts";
import { paint, print, printProse } from "./demo/paper.ts";
import { openStage } from "./demo/stage.ts";
import { play } from "./demo/story.ts";
import { copyExample } from "./example.ts";
import { main } from "./main.ts";

await main(async () => {
  const scratch = await mkdtemp(join(tmpdir(), "one-venv-"));
  const remove = () => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  const leave = (code: number) => {
    remove();
    if (code > 128) print("\nStopped; the scratch copy is removed.");
  };
  process.on("exit", leave);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      // While a command runs, its own listener (owned.ts) ends it and then us.
      if (process.listenerCount(signal) === 1) process.exit(130);
    });
  }
  print(paint("bold", "One Venv: from six requirements files to one venv"));
  printProse(
    "The monorepo is a scratch copy of examples/monorepo: three services, a generated client and some scripts. Every command runs for real.",
  );
  await bundle({ production: false });
  const started = Date.now();
  try {
    const folder = join(scratch, "monorepo");
    await copyExample(folder);
    await play(folder, openStage(folder));
  } catch (error) {
    process.off("exit", leave);
    print(`\nThe scratch copy is kept, for a look: ${scratch}`);
    throw error;
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  print();
  print(paint("bold", `That was the whole way, in ${seconds} s. The scratch copy is removed.`));
  print("  npm start      the same monorepo in a real VS Code, to try it by hand");
  print("  docs/cli.md    every command, its options, exit codes and JSON");
});
