import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Colours where the terminal wants them. */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

export function print(text = ""): void {
  process.stdout.write(`${text}\n`);
}

/** Print prose, broken between words where the terminal ends; later lines are indented. */
export function printProse(text: string, first = "", later = first): void {
  const columns = Math.min(process.stdout.columns || 100, 100) - later.length;
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = lines.at(-1) === "" ? word : `${lines.at(-1)} ${word}`;
    if (longer.length <= columns) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  lines.forEach((line, index) => {
    print((index === 0 ? first : later) + line);
  });
}
