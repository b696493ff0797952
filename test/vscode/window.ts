import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { commands, workspace } from "vscode";
import type { Shown } from "../../scripts/window-watch.ts";
import { eventually } from "./collector.ts";

/** What the window shows; scripts/window-watch.ts writes it beside the first folder. */
export async function shown(): Promise<Shown> {
  const file = join(dirname(firstFolder()), "window.json");
  return JSON.parse(await readFile(file, "utf8"));
}

export function firstFolder(): string {
  return workspace.workspaceFolders![0]!.uri.fsPath;
}

/** Waits until the status bar shows that. */
export async function statusBarShows(expected: string | RegExp, seconds = 120): Promise<void> {
  let last = "";
  await eventually(
    `${expected} in the status bar`,
    async () => {
      last = (await shown()).statusBar;
      return typeof expected === "string" ? last === expected : expected.test(last);
    },
    seconds,
  ).catch((error) => {
    throw new Error(`${error.message}, but "${last}"`);
  });
}

/** Waits for a notification, and gives its text. */
export async function notification(expected: RegExp): Promise<string> {
  let last: readonly string[] = [];
  return eventually(`a notification ${expected}`, async () => {
    last = await notifications();
    return last.find((text) => expected.test(text));
  }).catch((error) => {
    throw new Error(`${error.message}, but ${JSON.stringify(last)}`);
  });
}

/** Waits until One Venv's list has a row like that. */
export async function listShows(expected: RegExp): Promise<void> {
  let last: readonly string[] = [];
  await eventually(`a row ${expected}`, async () => {
    last = (await shown()).list;
    return last.some((text) => expected.test(text));
  }).catch((error) => {
    throw new Error(`${error.message}, but ${JSON.stringify(last)}`);
  });
}

/** The texts of all notifications. Driven by a program, VS Code shows them only in their list. */
export async function notifications(): Promise<readonly string[]> {
  await commands.executeCommand("notifications.showList");
  await new Promise((resolve) => setTimeout(resolve, 300));
  return (await shown()).notifications;
}

export async function clearNotifications(): Promise<void> {
  await commands.executeCommand("notifications.clearAll");
  await eventually("no notification", async () => (await notifications()).length === 0);
}
