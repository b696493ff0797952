import * as vscode from "vscode";
import { MessageError } from "../plan/message.ts";

/** The one log channel: all that pip, uv and setup.py say, and what went wrong in the background. */
export interface Log extends vscode.Disposable {
  info(text: string): void;
  /** The lines of a tool, as they came. */
  output(text: string): void;
  error(what: string, error: unknown): void;
  show(): void;
}

export function createLog(): Log {
  const channel = vscode.window.createOutputChannel("One Venv", { log: true });
  return {
    info: (text) => channel.info(text),
    output: (text) => channel.info(text),
    error: (what, error) =>
      channel.error(what, error instanceof Error ? (error.stack ?? error.message) : String(error)),
    show: () => channel.show(true),
    dispose: () => channel.dispose(),
  };
}

/**
 * Runs what a person asked for. A MessageError is shown as it is; anything else is a bug, said in
 * one line with the log a click away.
 */
export async function onGesture<T>(
  log: Log,
  what: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof vscode.CancellationError) return undefined;
    log.error(what, error);
    const text = error instanceof MessageError ? error.message : `${what} failed: ${String(error)}`;
    void vscode.window.showErrorMessage(text, "Show Log").then((button) => button && log.show());
    return undefined;
  }
}
