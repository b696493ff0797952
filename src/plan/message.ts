/**
 * An error whose message a person may read as it is: it says what happened, with the file, and
 * what to do next. Every other error is a bug and goes to the log with its stack.
 */
export class MessageError extends Error {
  override readonly name = "MessageError";
}

/** What went wrong with a file, in words: a system error's code becomes its cause in plain English. */
export function fileProblem(path: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return `${path}: ${CAUSES[code] ?? (error instanceof Error ? error.message : String(error))}`;
}

const CAUSES: Record<string, string> = {
  EACCES: "permission denied; make it writable for this user and try again",
  EPERM: "permission denied; make it writable for this user and try again",
  EROFS: "the file system is read-only; make it writable and try again",
  ENOSPC: "the disk is full; free some space and try again",
  EDQUOT: "the disk quota is used up; free some space and try again",
  ENOENT: "does not exist (any more)",
  ENOTDIR: "a file stands where a folder is needed",
  EISDIR: "a folder stands where a file is needed",
  EBUSY: "in use by another program; close it and try again",
};
