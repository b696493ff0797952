/** Whether a command line could only ever run in a POSIX shell: it activates by `source`, or names `bin`. */
export function isPosixOnly(text: string): boolean {
  return /(^|[\s;&|])(source|\.)\s|\/bin\/|(^|[\s;&|])export\s/.test(text);
}
