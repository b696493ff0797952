/** Whether something can be: proved, refuted, or neither. */
export type Possibility = "yes" | "no" | "unknown";

/** Whether all of them can be, each being independent of the others. */
export function worst(parts: readonly Possibility[]): Possibility {
  if (parts.includes("no")) return "no";
  return parts.includes("unknown") ? "unknown" : "yes";
}
