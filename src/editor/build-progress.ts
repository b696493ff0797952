import * as vscode from "vscode";
import type { BuildEvent } from "../environment/setup-build.ts";
import type { Log } from "./log.ts";

/** What is done, until the signal says that it is broken off; it tells of its events. */
export type BuildWork<T> = (
  signal: AbortSignal,
  onEvent: (event: BuildEvent) => void,
) => Promise<T>;

/** Stages as they come; everything that setup.py, pip and uv say goes to the log. */
export function withBuildProgress<T>(log: Log, work: BuildWork<T>): Thenable<T> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: "Central venv ([show log](command:oneVenv.showLog))",
    cancellable: true,
  };
  return vscode.window.withProgress(options, (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => {
      progress.report({ message: "cancelling…" });
      controller.abort();
    });
    return work(controller.signal, (event) => {
      const text = textOf(event);
      keep(log, event);
      if (text !== null && !token.isCancellationRequested) progress.report({ message: text });
    });
  });
}

/** The same without a word to the person: all that is said goes to the log. */
export function withBuildLog<T>(log: Log, work: BuildWork<T>): Promise<T> {
  return work(new AbortController().signal, (event) => keep(log, event));
}

function keep(log: Log, event: BuildEvent): void {
  if (event.event === "failed") log.output(event.message);
  else if (event.event !== "package") log.output(event.text);
}

/** What the person is told of an event, or null. */
function textOf(event: BuildEvent): string | null {
  if (event.event === "stage" || event.event === "waiting") return event.text;
  if (event.event !== "package") return null;
  const of = event.of === null ? "" : ` of ${event.of}`;
  return `installing ${event.name} (${event.n}${of})`;
}
