import { chmodSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const all = realpathSync(mkdtempSync(join(tmpdir(), "one-venv-")));
// Tests of unreadable folders give up their rights on the way.
chmodSync(all, 0o711);
process.on("exit", () => rmSync(all, { recursive: true, force: true }));

/** A temporary folder without symbolic links in its path, removed when the process ends. */
export function scratch(): string {
  return mkdtempSync(join(all, "s-"));
}
