import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import fc from "fast-check";
import { evaluateMarker } from "../../src/requirements/marker-evaluate.ts";
import { markersOverlap } from "../../src/requirements/marker-overlap.ts";
import { sharedPath } from "../shared.ts";
import { environment, markerText } from "./arbitraries.ts";
import { marker } from "./parsed.ts";

function overlap(a: string, b: string): string {
  return markersOverlap(marker(a), marker(b));
}

test("markers that cannot hold together", () => {
  for (const [a, b] of [
    ["python_version < '3.8'", "python_version >= '3.8'"],
    ["python_version > '3.8'", "python_version < '3.9'"],
    ["python_version < '3.8'", "python_full_version >= '3.8.0rc1'"],
    ["'3.8' > python_version", "python_version >= '3.9'"],
    ["python_version in '3.8, 3.9'", "python_version == '3.10'"],
    ["sys_platform == 'win32'", "sys_platform == 'linux'"],
    ["sys_platform == 'win32'", "platform_system == 'Linux'"],
    ["sys_platform == 'linux'", "os_name == 'nt'"],
    ["sys_platform in 'linux darwin'", "sys_platform == 'win32'"],
    ["implementation_name == 'cpython'", "platform_python_implementation == 'PyPy'"],
    ["platform_release >= '5'", "platform_release < '4'"],
    ["'x' in extras", "'X' not in extras"],
    ["os_name == 'a' or os_name == 'b'", "os_name == 'c' or os_name == 'd'"],
  ] as const) {
    assert.equal(overlap(a, b), "no", `${a} | ${b}`);
    assert.equal(overlap(b, a), "no", `${b} | ${a}`);
  }
});

test("markers that can", () => {
  for (const [a, b] of [
    ["python_version >= '3.8'", "python_version < '3.9'"],
    ["python_version >= '0!3'", "python_version < '3.9'"],
    ["python_version == '3.8'", "python_full_version == '3.8.1'"],
    ["sys_platform == 'linux'", "platform_system == 'Linux' and os_name == 'posix'"],
    ["sys_platform == 'freebsd14'", "os_name == 'posix'"],
    ["sys_platform != 'win32'", "platform_machine == 'arm64'"],
    ["extra == 'a'", "extra == 'b'"],
    ["platform_release >= '5'", "platform_release != '6'"],
  ] as const) {
    assert.equal(overlap(a, b), "yes", `${a} | ${b}`);
  }
});

test("where tools disagree, or only an unheard-of platform would do, the answer is unknown", () => {
  for (const [a, b] of [
    ["sys_platform == 'win32'", "platform_system != 'Windows'"],
    ["python_version >= '3.8,<4'", "python_version == '3.10'"],
    ["python_version not in '3.10'", "python_version == '3.1'"],
    ["os_name < 'nt'", "os_name != 'nt'"],
    ["os_name in 'OSXLinux'", "os_name == 'Windows'"],
    ["os_name == sys_platform", "os_name == 'nt'"],
  ] as const) {
    assert.equal(overlap(a, b), "unknown", `${a} | ${b}`);
  }
});

test("no marker at all holds everywhere", () => {
  assert.equal(markersOverlap(null, null), "yes");
  assert.equal(markersOverlap(null, marker("python_version == '3.9.1'")), "no");
});

test("too many alternatives are not looked through", () => {
  const wide = Array.from({ length: 12 }, (_, i) => `(os_name == '${i}' or extra == '${i}')`).join(
    " and ",
  );
  assert.equal(overlap(wide, wide), "unknown");
});

test("markers that hold in one environment are never said to be apart", () => {
  fc.assert(
    fc.property(markerText, markerText, environment, (a, b, whole) => {
      const [first, second] = [marker(a), marker(b)];
      const together = markersOverlap(first, second);
      assert.equal(markersOverlap(second, first), together);
      if (evaluateMarker(first, whole) === true && evaluateMarker(second, whole) === true) {
        assert.notEqual(together, "no");
      }
      if (evaluateMarker(first, whole) === true) assert.notEqual(markersOverlap(first, null), "no");
    }),
    { numRuns: 3000 },
  );
});

interface UvMarkers {
  disjoint: { disjoint: boolean; a: string; b: string }[];
  simplifies: { in: string; out: string }[];
  true: string[];
  false: string[];
}

const path = sharedPath("vectors", "uv-markers.json");
const uv: UvMarkers =
  path === undefined
    ? { disjoint: [], simplifies: [], true: [], false: [] }
    : JSON.parse(readFileSync(path, "utf8"));
const skip = path === undefined && "../shared is not here";
const spaces = /\s+/g;

/** Environments in which uv's simplified markers are compared, over all values that they name. */
const named = {
  python: [
    "2.7.18",
    "3.0.1",
    "3.7.2",
    "3.8.0",
    "3.9.0",
    "3.9.7",
    "3.10.1",
    "3.11.4",
    "3.12.0",
    "3.13.1",
    "3.16.0",
    "3.17.2",
    "3.18.0",
    "3.19.1",
  ],
  sys_platform: ["linux", "darwin", "win32", "win64", "x", "a"],
  os_name: ["nt", "posix", "Linux"],
  platform_system: ["Windows", "win32"],
  extra: ["", "a", "b", "c"],
  implementation: ["pypy", "cpython"],
};

function* environments() {
  for (const full of named.python)
    for (const sys_platform of named.sys_platform)
      for (const os_name of named.os_name)
        for (const platform_system of named.platform_system)
          for (const extra of named.extra)
            for (const implementation_name of named.implementation)
              yield {
                python_version: full.split(".").slice(0, 2).join("."),
                python_full_version: full,
                implementation_version: full.startsWith("2") ? "1" : "3.9",
                sys_platform,
                os_name,
                platform_system,
                extra,
                implementation_name,
              };
}

test(`${uv.disjoint.length} pairs of markers of uv's: none is wrongly disjoint`, { skip }, () => {
  for (const { a, b, disjoint } of uv.disjoint) {
    const together = overlap(a, b);
    if (disjoint) assert.equal(together, "no", `${a} | ${b}`);
    else assert.notEqual(together, "no", `${a} | ${b}`);
  }
});

test(`${uv.simplifies.length} markers hold where uv's simpler form of them holds`, { skip }, () => {
  for (const pair of uv.simplifies) {
    const [long, short] = [marker(pair.in.replace(spaces, " ")), marker(pair.out)];
    for (const one of environments()) {
      // Only a set of extras can hold two at once.
      if (pair.in.includes("extra") && pair.in.includes("and extra")) continue;
      // uv looks for a version in the list, pip for text.
      if (pair.in.startsWith("implementation_version in") && one.implementation_version === "1")
        continue;
      // uv knows that these two never go together; the environments here do not.
      if (one.os_name === "nt" && one.sys_platform === "darwin") continue;
      assert.equal(
        evaluateMarker(long, one),
        evaluateMarker(short, one),
        `${pair.in} ${JSON.stringify(one)}`,
      );
    }
    assert.notEqual(markersOverlap(long, short), "no");
  }
});

/** In uv a list with commas, or with a star in it, means nothing and holds always; pip reads it as text. */
const differs = ["python_version in '3.9.*'", "python_version in '3.9,3.10'"];

test(`${uv.true.length} markers that always hold, ${uv.false.length} that never do`, {
  skip,
}, () => {
  for (const text of uv.true.filter((one) => !differs.includes(one))) {
    for (const one of environments()) assert.equal(evaluateMarker(marker(text), one), true, text);
  }
  for (const text of uv.false) assert.equal(markersOverlap(marker(text), null), "no", text);
});
