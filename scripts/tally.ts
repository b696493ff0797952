/** What came of the tests so far, and how it is told. */
export interface Tally {
  /** Tell of a group of tests that ended: one line, what the tests say and the failures below it. */
  group(name: string, results: readonly Result[], seconds: number, says?: readonly string[]): void;
  /** Tell what was skipped and why, then the last line; true if nothing failed. */
  finish(): boolean;
}

/** One test that ended. */
export interface Result {
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
  /** Why it failed or was skipped. */
  readonly reason?: string;
}

/** Start counting; lines go to `print`. */
export function startTally(print: (line: string) => void): Tally {
  const all: Grouped[] = [];
  const count = (results: readonly Result[], outcome: Result["outcome"]) =>
    results.filter((result) => result.outcome === outcome).length;
  return {
    group(name, results, seconds, says = []) {
      const failed = results.filter((result) => result.outcome === "failed");
      const skipped = count(results, "skipped");
      const notes = [
        String(count(results, "passed")),
        failed.length > 0 ? `${failed.length} failed` : "",
        skipped > 0 ? `${skipped} skipped` : "",
      ].filter((note) => note !== "" && note !== "0");
      const mark = failed.length > 0 ? "✖" : "✔";
      print(`  ${mark} ${name} (${notes.join(", ")}) ${seconds.toFixed(1)} s`);
      for (const line of says) print(`      ${line}`);
      for (const { name: test, reason } of failed) {
        print(`      ✖ ${test}`);
        for (const line of (reason ?? "").trimEnd().split("\n")) print(`        ${line}`);
      }
      all.push(...results.map((result) => ({ ...result, group: name })));
    },
    finish() {
      for (const { outcome, group, name } of all)
        if (outcome === "failed") print(`failed: ${group}: ${name}`);
      for (const line of skips(all)) print(line);
      const failed = count(all, "failed");
      print(`${count(all, "passed")} passed, ${failed} failed, ${count(all, "skipped")} skipped`);
      return failed === 0;
    },
  };
}

interface Grouped extends Result {
  readonly group: string;
}

/** A line for each test that was skipped, or for each reason where a group has many. */
function skips(all: readonly Grouped[]): string[] {
  const byReason = new Map<string, Grouped[]>();
  for (const result of all) {
    if (result.outcome !== "skipped") continue;
    const key = JSON.stringify([result.group, result.reason]);
    byReason.set(key, [...(byReason.get(key) ?? []), result]);
  }
  return [...byReason.values()].flatMap((results) => {
    const { group, reason = "no reason given" } = results[0]!;
    const names =
      results.length > 3 ? [`${results.length} tests`] : results.map(({ name }) => name);
    return names.map((name) => `skipped: ${group}: ${name} (${reason})`);
  });
}
