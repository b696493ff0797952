import * as vscode from "vscode";
import type { BuildEvent } from "../environment/setup-build.ts";
import type { Log } from "./log.ts";

type Work<T> = (signal: AbortSignal, onEvent: (event: BuildEvent) => void) => Promise<T>;

/** Stages as they come; everything that setup.py, pip and uv say goes to the log. */
export function withBuildProgress<T>(log: Log, work: Work<T>): Thenable<T> {
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
      if (event.event === "failed") log.output(event.message);
      else if (event.event !== "package") log.output(event.text);
      if (text !== null && !token.isCancellationRequested) progress.report({ message: text });
    });
  });
}

/** What the person is told of an event, or null. */
function textOf(event: BuildEvent): string | null {
  if (event.event === "stage" || event.event === "waiting") return event.text;
  if (event.event !== "package") return null;
  const of = event.of === null ? "" : ` of ${event.of}`;
  return `installing ${event.name} (${event.n}${of})`;
}
