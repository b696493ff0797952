/** Which values of different variables go together: an interpreter reports all of them at once. */
import type { Variable } from "../marker.ts";

type Platform = Readonly<Partial<Record<Variable, string>>>;

/** What interpreters report. A variable that an entry leaves out has a value that no other names. */
const FAMILIES: readonly (readonly Platform[])[] = [
  [
    { sys_platform: "linux", os_name: "posix", platform_system: "Linux" },
    { sys_platform: "darwin", os_name: "posix", platform_system: "Darwin" },
    { sys_platform: "win32", os_name: "nt", platform_system: "Windows" },
    { os_name: "posix" },
    {},
  ],
  [
    { implementation_name: "cpython", platform_python_implementation: "CPython" },
    { implementation_name: "pypy", platform_python_implementation: "PyPy" },
    {},
  ],
];

/** The values of a variable that stand for platforms known here. */
export function knownValues(variable: Variable): ReadonlySet<string> {
  const values = FAMILIES.flat().map((platform) => platform[variable]);
  return new Set(values.filter((value) => value !== undefined));
}

/**
 * Whether one interpreter can report both values: "impossible" where both belong to known
 * platforms, but to different ones; "unheard of" where one does and the other is not known.
 */
export function kinship(
  first: Variable,
  firstValue: string,
  second: Variable,
  secondValue: string,
): "normal" | "unheard of" | "impossible" {
  const family = FAMILIES.find((platforms) => names(platforms, first) && names(platforms, second));
  if (family === undefined) return "normal";
  const isOne = family.some(
    (platform) => reports(platform, first, firstValue) && reports(platform, second, secondValue),
  );
  if (isOne) return "normal";
  const bothKnown = knownValues(first).has(firstValue) && knownValues(second).has(secondValue);
  return bothKnown ? "impossible" : "unheard of";
}

function names(platforms: readonly Platform[], variable: Variable): boolean {
  return platforms.some((platform) => platform[variable] !== undefined);
}

function reports(platform: Platform, variable: Variable, value: string): boolean {
  const reported = platform[variable];
  return reported === undefined ? !knownValues(variable).has(value) : reported === value;
}
