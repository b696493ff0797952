import assert from "node:assert/strict";
import { join } from "node:path";
import {
  commands,
  ProcessExecution,
  type TaskExecution,
  tasks,
  Uri,
  window,
  workspace,
} from "vscode";
import { eventually, test } from "../collector.ts";
import { firstFolder } from "../window.ts";

/** Runs a script as the lens does; what was executed, and its exit code. */
async function run(path: string): Promise<{ execution: TaskExecution; code: number | undefined }> {
  let execution: TaskExecution | undefined;
  let code: number | undefined | null = null;
  const listening = [
    tasks.onDidStartTask((event) => {
      execution = event.execution;
    }),
    tasks.onDidEndTaskProcess((event) => {
      code = event.exitCode;
    }),
  ];
  await commands.executeCommand("oneVenv.run", Uri.file(join(firstFolder(), path)));
  await eventually("the task to end", () => code !== null);
  for (const one of listening) one.dispose();
  return { execution: execution!, code: code ?? undefined };
}

test("a script runs as a Task through the runner, in the root, without a shell's quoting", async () => {
  const { execution, code } = await run("services/vision-ai/main.py");
  const { task } = execution;
  const process = task.execution as ProcessExecution;
  assert.ok(process instanceof ProcessExecution);
  assert.equal(process.process, "/bin/sh");
  assert.deepEqual(process.args, ["build/python/run.py", "services/vision-ai/main.py"]);
  assert.equal(process.options?.cwd, firstFolder());
  assert.equal(task.definition.type, "oneVenv");
  assert.equal(task.presentationOptions.focus, false);
  assert.equal(code, 2, "click's exit code for a missing argument is handed on");
});

test("a package's __main__.py runs as -m PACKAGE", async () => {
  const { execution, code } = await run("census/__main__.py");
  const process = execution.task.execution as ProcessExecution;
  assert.deepEqual(process.args.slice(1), ["-m", "census"]);
  assert.equal(code, 0);
});

test("unsaved edits of the script are saved first", async () => {
  const uri = Uri.file(join(firstFolder(), "build/build.py"));
  const editor = await window.showTextDocument(await workspace.openTextDocument(uri));
  await editor.edit((edit) => edit.insert(editor.document.positionAt(0), "# edited\n"));
  assert.equal(editor.document.isDirty, true);
  await run("build/build.py");
  assert.equal(editor.document.isDirty, false);
});
