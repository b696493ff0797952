import { paint, print } from "./paper.ts";
import type { Judged } from "./shorten.ts";

/** Where a command's output appears, line by line. */
export interface Shown {
  next(judged: Judged): void;
  end(): void;
}

export const BAR = `  ${paint("dim", "│")} `;

/** Lines as they come; what is left out is counted, and on a terminal the seconds are. */
export function startShowing(): Shown {
  const live = process.stdout.isTTY === true;
  const started = Date.now();
  let leftOut = 0;
  const clear = () => live && process.stdout.write("\r\x1b[K");
  const timer = setInterval(() => {
    const seconds = `${Math.round((Date.now() - started) / 1000)} s`;
    if (live) process.stdout.write(`\r\x1b[K${BAR}${paint("dim", seconds)}`);
  }, 1000);
  const settle = () => {
    clear();
    const lines = leftOut === 1 ? "1 line" : `${leftOut} lines`;
    if (leftOut > 0) print(BAR + paint("dim", `[${lines} of the installer left out here]`));
    leftOut = 0;
  };
  return {
    next({ line, talk }) {
      if (talk) {
        leftOut += 1;
        return;
      }
      settle();
      print((BAR + line).trimEnd());
    },
    end() {
      clearInterval(timer);
      settle();
    },
  };
}
