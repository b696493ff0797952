/**
 * A thread of its own that finds what is left: in a large repository that is work of seconds, which
 * would hold up every extension. It is a bundle of its own, and imports no vscode.
 */
import { parentPort, workerData } from "node:worker_threads";
import { whatIsLeft } from "../commands/left.ts";
import { MessageError } from "../plan/message.ts";
import type { LeftAnswer, LeftQuestion } from "./left-thread.ts";

const { root, options } = workerData as LeftQuestion;
const answer: LeftAnswer = await whatIsLeft(root, options).then(
  (left) => ({ left }),
  (error: unknown) => {
    if (error instanceof MessageError) return { message: error.message };
    throw error;
  },
);
parentPort?.postMessage(answer);
