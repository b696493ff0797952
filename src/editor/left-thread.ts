import { Worker } from "node:worker_threads";
import type { Left } from "../commands/left.ts";
import type { ProposeOptions } from "../commands/propose.ts";
import { MessageError } from "../plan/message.ts";

/** What the thread is asked; it is copied to it. */
export interface LeftQuestion {
  readonly root: string;
  readonly options: Omit<ProposeOptions, "signal">;
}

export type LeftAnswer = { readonly left: Left } | { readonly message: string };

/** Finds what is left in a thread; `program` is the bundle of `left-worker.ts`. */
export function findLeft(
  program: string,
  question: LeftQuestion,
  signal: AbortSignal,
): Promise<Left> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: question });
    const stop = () => void worker.terminate();
    signal.addEventListener("abort", stop, { once: true });
    worker.once("message", (answer: LeftAnswer) => {
      if ("left" in answer) resolve(answer.left);
      else reject(new MessageError(answer.message));
    });
    worker.once("error", reject);
    worker.once("exit", () => {
      signal.removeEventListener("abort", stop);
      // Where it has answered this changes nothing.
      reject(new Error("What is left was not found: its thread ended."));
    });
  });
}
