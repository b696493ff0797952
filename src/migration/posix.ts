/** Whether a command line could only ever run in a POSIX shell: it activates by `source`, or names `bin`. */
export function isPosixOnly(text: string): boolean {
  return /(^|[\s;&|])(source|\.)\s|\/bin\/|(^|[\s;&|])export\s/.test(text);
}

/** Whether only Windows can run a command: a word of it is a path with backslashes. */
export function isWindowsOnly(text: string): boolean {
  return /(^|[\s;&|])\.?[\w-]*(\\[\w.-]+)+(?=$|[\s;&|])/.test(text) && /\w\\\w/.test(text);
}
