import { join } from "node:path";
import { execa } from "execa";
import { MessageError } from "../plan/message.ts";
import { SETUP } from "./layout.ts";

/**
 * What `setup.py export` would write to `path` (relative to the root) for a project: its part of
 * the lock. Throws a MessageError that says what has to come first, such as locking.
 */
export async function exportedLock(
  root: string,
  python: string,
  { project, path }: { readonly project: string; readonly path: string },
): Promise<Uint8Array> {
  const words = [join(root, ...SETUP.split("/")), "export", project, "--output", path, "--print"];
  const { stdout, stderr, exitCode } = await execa(python, words, {
    ...{ cwd: root, reject: false, stripFinalNewline: false },
  });
  // Windows prints its own line ends; what is written there has none of them.
  if (exitCode === 0) return Buffer.from(stdout.replaceAll("\r\n", "\n"));
  const said = stderr.trim().replace(/^One Venv: /, "");
  throw new MessageError(`${path} cannot be exported yet: ${said || "setup.py said nothing"}`);
}
