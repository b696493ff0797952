/** What a marker speaks of. */
import type { Marker, Variable } from "./marker.ts";

/** What a variable tells of: the Python version, the platform and interpreter, or extras asked for. */
export type Subject = "python" | "platform" | "extra";

/** The variables that a marker names. */
export function variablesOf(marker: Marker): ReadonlySet<Variable> {
  const found = new Set<Variable>();
  collect(marker, found);
  return found;
}

/** What a marker speaks of, taken together. */
export function subjectsOf(marker: Marker): ReadonlySet<Subject> {
  return new Set([...variablesOf(marker)].map(subjectOf));
}

/** What one variable tells of. */
export function subjectOf(variable: Variable): Subject {
  switch (variable) {
    case "python_version":
    case "python_full_version":
      return "python";
    case "extra":
    case "extras":
    case "dependency_groups":
      return "extra";
    default:
      return "platform";
  }
}

function collect(marker: Marker, found: Set<Variable>): void {
  if (marker.kind !== "comparison") {
    for (const item of marker.items) collect(item, found);
    return;
  }
  for (const side of [marker.left, marker.right]) {
    if (side.kind === "variable") found.add(side.name);
  }
}
