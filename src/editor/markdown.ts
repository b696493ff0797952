/** A text as it is, in Markdown. */
export function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|~<>]/g, "\\$&");
}

/** The address of a link that runs a command; the string that holds it has to trust the command. */
export function commandLink(id: string, args: readonly unknown[]): string {
  return `command:${id}?${encodeURIComponent(JSON.stringify(args))}`;
}
