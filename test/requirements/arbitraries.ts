/** Random versions, specifiers, markers and requirements, most of them valid, in many spellings. */
import fc from "fast-check";

const number = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 4 }).map(String) },
  { weight: 2, arbitrary: fc.constantFrom("00", "01", "10", "11", "2024", "20240131") },
  {
    weight: 1,
    arbitrary: fc.constantFrom("9007199254740991", "9007199254740992", "99999999999999999999"),
  },
);
const separator = fc.constantFrom("", ".", "-", "_");
const space = fc.constantFrom("", "", "", " ", "\t", "  ");

function perhaps(arbitrary: fc.Arbitrary<string>, weight = 1): fc.Arbitrary<string> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant("") }, { weight, arbitrary });
}

function joined(...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.tuple(...parts).map((texts) => texts.join(""));
}

const pre = joined(
  separator,
  fc.constantFrom("a", "b", "c", "rc", "alpha", "beta", "pre", "preview", "RC"),
  separator,
  fc.oneof(number, fc.constant("")),
);
const post = fc.oneof(
  joined(fc.constant("-"), number),
  joined(
    separator,
    fc.constantFrom("post", "rev", "r", "POST"),
    separator,
    fc.oneof(number, fc.constant("")),
  ),
);
const dev = joined(separator, fc.constant("dev"), separator, fc.oneof(number, fc.constant("")));
const label = fc.oneof(number, fc.constantFrom("a", "cpu", "cu118", "ABC", "0a", "1b"));
const local = joined(
  fc.constant("+"),
  fc
    .array(fc.tuple(fc.constantFrom(".", "-", "_"), label), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.flat().slice(1).join("")),
);
const epoch = joined(fc.constantFrom("0", "1", "2"), fc.constant("!"));

function release(minLength: number): fc.Arbitrary<string> {
  return fc.array(number, { minLength, maxLength: 4 }).map((numbers) => numbers.join("."));
}

function publicVersion(minLength = 1): fc.Arbitrary<string> {
  return joined(
    perhaps(fc.constantFrom("v", "V")),
    perhaps(epoch),
    release(minLength),
    perhaps(pre),
    perhaps(post),
    perhaps(dev),
  );
}

/** A valid version in any spelling. */
export const versionText = joined(publicVersion(), perhaps(local));

const specifierText = fc.oneof(
  { weight: 4, arbitrary: joined(fc.constantFrom(">=", "<=", ">", "<"), space, publicVersion()) },
  { weight: 2, arbitrary: joined(fc.constantFrom("==", "!="), space, versionText) },
  {
    weight: 2,
    arbitrary: joined(
      fc.constantFrom("==", "!="),
      space,
      perhaps(epoch),
      release(1),
      fc.constant(".*"),
    ),
  },
  { weight: 1, arbitrary: joined(fc.constant("~="), space, publicVersion(2)) },
  {
    weight: 1,
    arbitrary: joined(
      fc.constant("==="),
      space,
      fc.oneof(versionText, fc.constantFrom("x", "1.0-dog", "")),
    ),
  },
);

/** A valid set of specifiers, with commas and white space in unusual places. */
export const specifierSetText = fc
  .array(fc.tuple(space, specifierText, space), { maxLength: 5 })
  .map((parts) => parts.map((one) => one.join("")).join(","));

const variable = fc.constantFrom(
  "python_version",
  "python_version",
  "python_full_version",
  "os_name",
  "os.name",
  "sys_platform",
  "sys.platform",
  "platform_release",
  "platform_system",
  "platform_version",
  "platform.version",
  "platform_machine",
  "platform.machine",
  "platform_python_implementation",
  "platform.python_implementation",
  "python_implementation",
  "implementation_name",
  "implementation_version",
  "extra",
);
const value = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "3",
      "3.8",
      "3.9",
      "3.10",
      "3.9.1",
      "3.*",
      "3.8.*",
      "4",
      "3.13.0rc1",
      "3.8 3.9",
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "linux",
      "win32",
      "darwin",
      "nt",
      "posix",
      "Linux",
      "Windows",
      "x86_64",
      "cpython",
      "CPython",
      "PyPy",
      "linux darwin",
      "in",
      "",
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("Foo_Bar", "test", "5.15.0-azure", "a'b", "#1 SMP", "os_name", "é"),
  },
  { weight: 1, arbitrary: versionText },
);
const literal = fc
  .tuple(value, fc.constantFrom("'", '"'))
  .map(([text, quote]) => (text.includes(quote) ? `"${text}"` : quote + text + quote));
const markerOperator = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom("==", "!=", "<", "<=", ">", ">=") },
  { weight: 2, arbitrary: fc.constantFrom(" in ", " not in ", " not  in ") },
  { weight: 1, arbitrary: fc.constantFrom("~=", "===") },
);
const comparison = fc.oneof(
  { weight: 8, arbitrary: joined(variable, space, markerOperator, space, literal) },
  { weight: 3, arbitrary: joined(literal, space, markerOperator, space, variable) },
  {
    weight: 1,
    arbitrary: joined(fc.oneof(variable, literal), markerOperator, fc.oneof(variable, literal)),
  },
);

/** A valid marker, with parentheses where they are needed and where they are not. */
export const markerText: fc.Arbitrary<string> = fc.letrec<{ marker: string; atom: string }>(
  (tie) => ({
    marker: fc
      .tuple(
        tie("atom"),
        fc.array(fc.tuple(fc.constantFrom(" and ", " or "), tie("atom")), { maxLength: 3 }),
      )
      .map(([first, rest]) => first + rest.flat().join("")),
    atom: fc.oneof(
      { maxDepth: 3 },
      { weight: 4, arbitrary: comparison },
      {
        weight: 1,
        arbitrary: joined(fc.constant("("), space, tie("marker"), space, fc.constant(")")),
      },
    ),
  }),
).marker;

/** Marker environments of interpreters that could exist. */
export const environment = fc
  .record({
    minor: fc.constantFrom("2.7", "3.8", "3.9", "3.10", "3.13"),
    patch: fc.constantFrom(".0", ".1", ".18", ".0rc1", ".0+"),
    platform: fc.constantFrom(
      {
        os_name: "posix",
        sys_platform: "linux",
        platform_system: "Linux",
        platform_release: "5.15.0-azure",
      },
      {
        os_name: "posix",
        sys_platform: "darwin",
        platform_system: "Darwin",
        platform_release: "23.1.0",
      },
      { os_name: "nt", sys_platform: "win32", platform_system: "Windows", platform_release: "10" },
    ),
    implementation: fc.constantFrom(
      { implementation_name: "cpython", platform_python_implementation: "CPython" },
      { implementation_name: "pypy", platform_python_implementation: "PyPy" },
    ),
    platform_machine: fc.constantFrom("x86_64", "arm64", "AMD64", ""),
    extra: fc.constantFrom("", "test", "Foo.Bar"),
  })
  .map(({ minor, patch, platform, implementation, ...rest }) => ({
    ...rest,
    ...platform,
    ...implementation,
    python_version: minor,
    python_full_version: minor + patch,
    implementation_version: minor + patch,
    platform_version: "#1 SMP",
  }));

const name = fc.constantFrom("a", "foo", "Foo.Bar", "foo-bar_baz", "a1", "x.y", "A__B");
const extras = fc
  .array(
    fc.tuple(space, name, space).map((parts) => parts.join("")),
    { maxLength: 3 },
  )
  .map((names) => `[${names.join(",")}]`);
const url = fc.constantFrom(
  "https://example.org/a.whl",
  "git+https://example.org/x.git@main#egg=x",
  "file:///a/b",
  "./local",
  "https://example.org/a;b",
);

/** A valid requirement string. */
export const requirementText = fc
  .record({
    lead: space,
    name,
    extras: perhaps(extras),
    gap: space,
    target: fc.oneof(
      { weight: 3, arbitrary: specifierSetText.map((text) => text.replaceAll(/,[ \t]*$/g, "")) },
      { weight: 1, arbitrary: specifierSetText.map((text) => `(${text})`) },
      { weight: 1, arbitrary: joined(fc.constant("@"), space, url, fc.constantFrom(" ", "")) },
    ),
    marker: perhaps(joined(fc.constantFrom(";", " ;", "; ", ""), markerText), 2),
    tail: space,
  })
  .map((parts) => Object.values(parts).join(""));

/** The same texts with a character or two deleted, doubled or replaced: mostly invalid. */
export function damaged(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const change = fc.tuple(
    fc.nat(),
    fc.constantFrom(
      "",
      ",",
      ".",
      "=",
      " ",
      "\n",
      "(",
      ")",
      "[",
      "]",
      ";",
      "'",
      '"',
      "*",
      "+",
      "-",
      "@",
      "1",
      "a",
      "\\",
      "\u0085",
      "\ufeff",
      "\u0660",
      "<",
      "~",
    ),
    fc.boolean(),
  );
  return fc.tuple(text, fc.array(change, { minLength: 1, maxLength: 2 })).map(([whole, changes]) =>
    changes.reduce((current, [place, piece, inserted]) => {
      const at = current.length === 0 ? 0 : place % (current.length + 1);
      return current.slice(0, at) + piece + current.slice(inserted ? at : at + 1);
    }, whole),
  );
}

/** Versions just below, at and above those that a text names: where sets begin and end. */
export function neighbours(text: string): string[] {
  return [...text.matchAll(PLAIN_VERSION)].flatMap(([version, epoch = "", numbers = "0"]) => {
    const release = numbers.split(".");
    const step = (by: bigint, place: number) => {
      const stepped = BigInt(release[place]!) + by;
      return epoch + [...release.slice(0, place), stepped < 0n ? 0n : stepped].join(".");
    };
    const around = [release.length - 1, Math.max(0, release.length - 2)].flatMap((place) => [
      step(-1n, place),
      step(0n, place),
      step(1n, place),
    ]);
    const public_ = version.split("+")[0]!;
    return [
      version,
      public_,
      ...["+a", "+cpu.1", ".post0.dev0", ".post0", ".post1", ".dev0", ".dev1", "a0", "rc9"].map(
        (suffix) => public_ + suffix,
      ),
      ...around.flatMap((base) => [
        base,
        `${base}.dev0`,
        `${base}a1`,
        `${base}.post1`,
        `${base}.0.1`,
      ]),
    ].filter((one) => ANY_VERSION.test(one));
  });
}

const PLAIN_VERSION =
  /(\d+!)?(\d+(?:\.\d+)*)(?:[-_.]?(?:alpha|a|beta|b|preview|pre|c|rc)[-_.]?\d*)?(?:-\d+|[-_.]?(?:post|rev|r)[-_.]?\d*)?(?:[-_.]?dev[-_.]?\d*)?(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?/gi;
const ANY_VERSION = new RegExp(`^${PLAIN_VERSION.source}$`, "i");
