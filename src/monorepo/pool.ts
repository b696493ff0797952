/**
 * Works off a queue, at most `limit` at a time, until it stays empty; work may add to it.
 * Rejects with the first failure, and starts nothing more then.
 */
export function drain<T>(
  queue: T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let active = 0;
    const pump = () => {
      if (active === 0 && queue.length === 0) resolve();
      while (active < limit && queue.length > 0) {
        active++;
        work(queue.pop()!).then(() => {
          active--;
          pump();
        }, reject);
      }
    };
    pump();
  });
}
