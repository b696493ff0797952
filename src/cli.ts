import { opendir, realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Arguments } from "./cli/arguments.ts";
import { readArguments } from "./cli/arguments.ts";
import { runCheck } from "./cli/check.ts";
import { runConsolidate } from "./cli/consolidate.ts";
import { HELP, version } from "./cli/help.ts";
import { runLock } from "./cli/lock.ts";
import { runMigrate } from "./cli/migrate.ts";
import type { Output } from "./cli/output.ts";
import { DONE, FAILED, outputTo } from "./cli/output.ts";
import { runScan } from "./cli/scan.ts";
import { runUndo } from "./cli/undo.ts";
import { runVerify } from "./cli/verify.ts";
import { readHands } from "./environment/ground.ts";
import { findRoot } from "./environment/root.ts";
import { MessageError } from "./plan/message.ts";
import { withoutSecrets } from "./requirements/secret.ts";

/** The same brain without an editor: reads the words, runs the command, gives its exit code. */
async function main(words: readonly string[]): Promise<number> {
  const output = outputTo(process.stdout);
  const args = readArguments(words);
  if (args === "help" || args === "version") {
    output.print(args === "help" ? HELP : version());
    return DONE;
  }
  const root = await rootOf(args, output);
  const hands = () => readHands(join(import.meta.dirname, "python"));
  switch (args.command) {
    case "scan":
      return runScan(root, args.json, output);
    case "consolidate":
      return runConsolidate(root, args, await hands(), output);
    case "migrate":
      return runMigrate(root, args, await hands(), output);
    case "verify":
      return runVerify(root, args, await hands(), output);
    case "check":
      return runCheck(root, args.json, await hands(), output);
    case "lock":
      return runLock(root, args.json, args.write, output);
    case "undo":
      return runUndo(root, args.json, args.write, output);
  }
}

async function rootOf({ folder, command, json }: Arguments, output: Output): Promise<string> {
  const path = await readableFolder(resolve(folder)).catch((error) => {
    throw new MessageError(`${folder} is no folder that can be read.`, { cause: error });
  });
  // Looking at a folder below is a use of its own; everything else belongs to the root.
  if (command === "scan") return path;
  const root = await findRoot(path);
  if (root !== path && !json) output.print(`The root is ${root}, which has build/python.`);
  return root;
}

async function readableFolder(folder: string): Promise<string> {
  const path = await realpath(folder);
  await (await opendir(path)).close();
  return path;
}

// Whoever reads may stop early (`one-venv scan | head`).
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  const text =
    error instanceof MessageError ? error.message : error instanceof Error ? error.stack : error;
  process.stderr.write(`one-venv: ${withoutSecrets(String(text))}\n`);
  return FAILED;
});
