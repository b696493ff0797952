import { setImmediate } from "node:timers/promises";

const TURN_MS = 8;

/**
 * Lets others have their turn every few milliseconds: call it between pieces of work that hold
 * the thread. Many small files and folders are read several times as fast that way as with a
 * detour through other threads.
 */
export function turns(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < TURN_MS) return undefined;
    return setImmediate().then(() => {
      since = performance.now();
    });
  };
}
