/** A folder or file that could not be read, and why. */
export interface Unread {
  readonly path: string;
  readonly reason: string;
}

/** Why a file or folder could not be read, for people; null where it merely vanished. */
export function reasonOf(error: unknown, path: string): string | null {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  if (code === "ENOENT" || code === "ENOTDIR") {
    // Node gives bytes of a name that are no UTF-8 as this character, and then finds no such file.
    return path.includes("\uFFFD") ? "its name is not UTF-8" : null;
  }
  return REASONS.get(code) ?? code;
}

const REASONS = new Map([
  ["EACCES", "no permission to read it"],
  ["EPERM", "no permission to read it"],
  ["EFBIG", "it is larger than 10 MB"],
  ["ELOOP", "a link that leads back to itself"],
  ["EISDIR", "it is a folder"],
  ["ENAMETOOLONG", "its path is too long"],
]);
