import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runShown, typed } from "./command.ts";
import { BAR } from "./output.ts";
import { paint, print, printProse } from "./paper.ts";

/** What a demo says and does. What does not come out as it says is an error. */
export interface Stage {
  /** A step's headline; steps are numbered. */
  headline(text: string): void;
  /** Run what a person would type, and show what it prints. */
  run(words: readonly string[], promise: Promised): Promise<void>;
  /** Change one line of a file, as a person does in an editor. */
  edit(path: string, from: string, to: string): Promise<void>;
  /** What to notice. */
  remark(text: string): void;
}

/** What has to come of a command for the demo to be true. */
export interface Promised {
  readonly exit: number;
  readonly shows: readonly RegExp[];
}

/** The stage for a folder; every command runs in it. */
export function openStage(folder: string): Stage {
  let step = 0;
  return {
    headline(text) {
      step += 1;
      print();
      print(paint("bold", `${step}. ${text}`));
    },
    async run(words, promise) {
      print();
      print(`  ${paint("cyan", `$ ${typed(words)}`)}`);
      const { exit, output } = await runShown(folder, words);
      const missing = promise.shows.filter((pattern) => !pattern.test(output));
      if (exit === promise.exit && missing.length === 0) return;
      const wanted = [`exit code ${promise.exit}`, ...missing.map(String)].join(" and ");
      throw new Error(`\nThe demo promised ${wanted}; the exit code was ${exit}.`);
    },
    async edit(path, from, to) {
      const file = join(folder, ...path.split("/"));
      const lines = (await readFile(file, "utf8")).split("\n");
      const at = lines.findIndex((line) => line.includes(from));
      if (at < 0) throw new Error(`\nThe demo changes "${from}" in ${path}: it is not there.`);
      const line = lines[at]!;
      const changed = line.replace(from, to);
      await writeFile(file, lines.with(at, changed).join("\n"));
      print();
      print(`  ${paint("cyan", `✎ ${path}, line ${at + 1}`)}`);
      print(BAR + paint("red", `- ${line}`));
      print(BAR + paint("green", `+ ${changed}`));
    },
    remark(text) {
      print();
      printProse(text, `  ${paint("green", "→")} `, "    ");
    },
  };
}
