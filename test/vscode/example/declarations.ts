import assert from "node:assert/strict";
import {
  commands,
  type Diagnostic,
  type Hover,
  languages,
  Range,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import { eventually, test } from "../collector.ts";

const A = "services/speech-to-text/requirements.txt";
const B = "services/text-to-speech/requirements.txt";

const uri = (path: string) => Uri.joinPath(workspace.workspaceFolders![0]!.uri, path);
const conflicts = (path: string): Diagnostic[] =>
  languages.getDiagnostics(uri(path)).filter(({ code }) => code === "conflict");

test("a conflict stands in the Problems panel on every line concerned", async () => {
  await window.showTextDocument(uri(A));
  const [mine] = await eventually("a problem", () =>
    conflicts(A).length > 0 ? conflicts(A) : undefined,
  );
  assert.match(
    mine!.message,
    /needs humanize exactly 4\.4\.0, but services\/text-to-speech\/requirements\.txt:2 needs humanize 4\.6 or newer/,
  );
  assert.equal(mine!.range.start.line, 1);
  assert.equal(mine!.relatedInformation?.[0]?.location.uri.path, uri(B).path);
  assert.equal(conflicts(B).length, 1);
});

test("it vanishes while typing, within 200 ms, and comes back; nothing is saved", async () => {
  const { document } = await window.showTextDocument(uri(A));
  await eventually("a problem", () => conflicts(A).length > 0);
  const line = document.lineAt(1);
  const replace = async (text: string) => {
    const edit = new WorkspaceEdit();
    edit.replace(document.uri, document.lineAt(1).range, text);
    await workspace.applyEdit(edit);
    return Date.now();
  };
  const typed = await replace("humanize==4.6.0");
  await eventually("no problem", () => conflicts(A).length === 0 && conflicts(B).length === 0);
  console.log(`a conflict vanished ${Date.now() - typed} ms after the edit`);
  await replace(line.text);
  await eventually("the problem again", () => conflicts(A).length > 0);
  await commands.executeCommand("workbench.action.files.revert");
});

test("quick fixes take the other side's words, or decide for all", async () => {
  const { document } = await window.showTextDocument(uri(A));
  await eventually("a problem", () => conflicts(A).length > 0);
  const actions = await commands.executeCommand<{ title: string; edit?: WorkspaceEdit }[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    new Range(1, 0, 1, 3),
  );
  const titles = actions.map(({ title }) => title);
  assert.ok(titles.includes(`Change to >=4.6,<5, as ${B}:2`), titles.join("; "));
  assert.ok(titles.includes("Decide humanize for all projects…"));
  await workspace.applyEdit(actions.find(({ title }) => title.startsWith("Change to"))!.edit!);
  const changed = document.lineAt(1).text;
  await commands.executeCommand("workbench.action.files.revert");
  assert.match(changed, /^humanize>=4\.6,<5 +# 4\.6 had not been tried/, "the comment stays");
});

test("a hover says who else declares it and what the central venv holds", async () => {
  await window.showTextDocument(uri(A));
  await eventually("a problem", () => conflicts(A).length > 0);
  const hovers = await commands.executeCommand<Hover[]>(
    "vscode.executeHoverProvider",
    uri(A),
    new Range(1, 2, 1, 2).start,
  );
  const text = hovers
    .flatMap(({ contents }) => contents.map((one) => (typeof one === "string" ? one : one.value)))
    .join("\n");
  assert.match(text, /not&nbsp;in&nbsp;the&nbsp;central&nbsp;venv|not in the central venv/);
  assert.match(text, /services\/text\\?-to\\?-speech\/requirements\.txt:2/);
});
