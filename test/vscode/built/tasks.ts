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
import { firstFolder, shown } from "../window.ts";

/** Runs a script as the lens does; what was executed, and its exit code. */
const run = (path: string) =>
  ran(() => commands.executeCommand("oneVenv.run", Uri.file(join(firstFolder(), path))));

/** What a gesture made run. */
async function ran(gesture: () => Thenable<unknown>) {
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
  await gesture();
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

test("Rerun Last Task runs the script again", async () => {
  await run("census/__main__.py");
  const { execution, code } = await ran(() =>
    commands.executeCommand("workbench.action.tasks.reRunTask"),
  );
  assert.equal(execution.task.definition.script, "census/__main__.py");
  assert.equal(code, 0);
});

test("Run a Script… lists them, and asks for arguments", async () => {
  const { execution } = await ran(async () => {
    void commands.executeCommand("oneVenv.runScript");
    const picks = await eventually("the scripts", async () => {
      const rows = (await shown()).picks;
      return rows.length > 0 ? rows : undefined;
    });
    assert.ok(picks.includes("census/__main__.py"), picks.join());
    await commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
    await eventually("the list to close", async () => (await shown()).picks.length === 0);
    await commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
  });
  assert.equal(execution.task.definition.script, "build/build.py");
});
