import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { printMarker } from "../../src/requirements/marker.ts";
import {
  type Environment,
  evaluateMarker,
  simplifyMarker,
} from "../../src/requirements/marker-evaluate.ts";
import { environment, markerText } from "./arbitraries.ts";
import { marker } from "./parsed.ts";

function simplified(text: string, known: Partial<Environment>): string | boolean {
  const left = simplifyMarker(marker(text), known);
  return typeof left === "boolean" ? left : printMarker(left);
}

test("a missing variable is unknown, unless the rest decides", () => {
  const linux = { sys_platform: "linux" };
  assert.equal(evaluateMarker(marker("os_name == 'nt'"), linux), "unknown");
  assert.equal(evaluateMarker(marker("os_name == 'nt' and sys_platform == 'win32'"), linux), false);
  assert.equal(evaluateMarker(marker("os_name == 'nt' or sys_platform == 'linux'"), linux), true);
  assert.equal(
    evaluateMarker(marker("os_name == 'nt' and sys_platform == 'linux'"), linux),
    "unknown",
  );
});

test("a comparison without meaning is unknown", () => {
  assert.equal(evaluateMarker(marker("os_name ~= 'x'"), { os_name: "x" }), "unknown");
  assert.equal(evaluateMarker(marker("extras == 'x'"), { extras: ["x"] }), "unknown");
});

test("versions compare as versions, other values as text", () => {
  assert.equal(evaluateMarker(marker("python_version >= '3.9'"), { python_version: "3.10" }), true);
  assert.equal(
    evaluateMarker(marker("python_version in '3.9 3.10'"), { python_version: "3.1" }),
    true,
  );
  assert.equal(
    evaluateMarker(marker("platform_release >= '5'"), { platform_release: "5.15-azure" }),
    false,
  );
  assert.equal(
    evaluateMarker(marker("platform_version >= '2'"), { platform_version: "10" }),
    false,
  );
  assert.equal(
    evaluateMarker(marker("python_full_version >= '3.13'"), { python_full_version: "3.13.0+" }),
    true,
  );
});

test("what is known is worked out, the rest stays", () => {
  const python = { python_version: "3.11", python_full_version: "3.11.7" };
  assert.equal(simplified("python_version < '3.9'", python), false);
  assert.equal(
    simplified("python_version >= '3.9' and sys_platform == 'win32'", python),
    'sys_platform == "win32"',
  );
  assert.equal(
    simplified(
      "os_name == 'nt' and (python_version < '3' or sys_platform == 'win32' or extra == 'x')",
      python,
    ),
    'os_name == "nt" and (sys_platform == "win32" or extra == "x")',
  );
  assert.equal(simplified("os_name == 'nt' or python_version > '3'", python), true);
});

test("what is left decides as the whole does", () => {
  fc.assert(
    fc.property(markerText, environment, (text, whole) => {
      const { python_version, python_full_version } = whole;
      const left = simplifyMarker(marker(text), { python_version, python_full_version });
      const truth = typeof left === "boolean" ? left : evaluateMarker(left, whole);
      assert.equal(truth, evaluateMarker(marker(text), whole));
    }),
    { numRuns: 1000 },
  );
});
