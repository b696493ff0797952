/** How long ago a moment was, in words; both in milliseconds since 1970. */
export function ago(then: number, now: number): string {
  const minutes = Math.floor((now - then) / 60_000);
  if (minutes < 1) return "just now";
  const [unit, size] = UNITS.find(([, size]) => minutes >= size)!;
  const many = Math.floor(minutes / size);
  return `${many} ${unit}${many === 1 ? "" : "s"} ago`;
}

/** Sizes in minutes, largest first. */
const UNITS: readonly (readonly [string, number])[] = [
  ["year", 60 * 24 * 365],
  ["month", 60 * 24 * 30],
  ["day", 60 * 24],
  ["hour", 60],
  ["minute", 1],
];
