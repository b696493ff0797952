import type { Specifier, SpecifierSet } from "../requirements/specifier.ts";

/** What a specifier set asks for, in words: "numpy below 2", "numpy 2 or newer". */
export function phrase(name: string, set: SpecifierSet): string {
  if (set.length === 0) return `any ${name}`;
  return `${name} ${set.map(words).join(" and ")}`;
}

function words({ operator, version }: Specifier): string {
  switch (operator) {
    case "==":
      return version.endsWith(".*")
        ? `${version.slice(0, -2)} (any ${version})`
        : `exactly ${version}`;
    case "===":
      return `exactly "${version}"`;
    case "!=":
      return `other than ${version}`;
    case "<":
      return `below ${version}`;
    case "<=":
      return `${version} or older`;
    case ">":
      return `newer than ${version}`;
    case ">=":
      return `${version} or newer`;
    case "~=":
      return `${version} or newer in the same series (~=${version})`;
  }
}
