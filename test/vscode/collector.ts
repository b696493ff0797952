/**
 * A very small test runner for inside the extension host, where node:test cannot report: tests
 * are collected as their files load, then run one after another.
 */
interface Test {
  readonly name: string;
  readonly work: () => Promise<void> | void;
  readonly seconds: number;
}

/** Each line that the driver (scripts/host-tests.ts) reads starts with this. */
export const MARK = "one-venv-test ";

const collected: Test[] = [];

/** Add a test; it fails if it throws or takes longer than `seconds`. */
export function test(name: string, work: Test["work"], seconds = 500): void {
  collected.push({ name, work, seconds });
}

/** What VS Code calls: run all tests, telling of each in a line of JSON. */
export async function run(): Promise<void> {
  for (const { name, work, seconds } of collected) {
    const reason = await failure(work, seconds);
    const outcome = reason === undefined ? "passed" : "failed";
    console.log(MARK + JSON.stringify({ name, outcome, reason }));
  }
}

async function failure(work: Test["work"], seconds: number): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${seconds} s`)), seconds * 1000);
  });
  try {
    await Promise.race([work(), late]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    clearTimeout(timer);
  }
}

/** Wait until `read` gives something that is neither undefined nor false; the error names it. */
export async function eventually<T>(
  what: string,
  read: () => T | Promise<T>,
  seconds = 120,
): Promise<NonNullable<T>> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await read();
    if (value !== undefined && value !== null && value !== false) return value as NonNullable<T>;
    if (Date.now() > end) throw new Error(`after ${seconds} s: not yet ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
