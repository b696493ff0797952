import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { type Central, central, type Installer } from "./central.ts";
import { pythons } from "./pythons.ts";
import { NO_UV, uvFolder } from "./uv.ts";
import { makeWheels } from "./wheels.ts";

const uv = await uvFolder();
const python = (await pythons()).at(-1)!;

for (const installer of ["pip", "uv"] as Installer[]) {
  const skip = installer === "uv" && uv === undefined ? NO_UV : false;
  describe(`setup.py export, with ${installer}`, { skip }, () => {
    let it: Central;
    const exported = async (...more: string[]) => {
      const outcome = await it.setup("export", ...more);
      const lines = outcome.stdout.split("\n").filter((line) => /^\w/.test(line));
      return { ...outcome, names: lines.map((line) => line.replace(/( ;.*| \\)$/, "")) };
    };
    before(async () => {
      it = central(python, installer, uv);
      makeWheels(python, it.wheels, [
        { name: "tree", version: "1.0", requires: ["apple>=1", 'leaf; extra == "green"'] },
        { name: "leaf", version: "1.0", requires: ['vein; sys_platform == "win32"'] },
        { name: "vein", version: "1.0", requires: ["water"] },
        { name: "water", version: "1.0" },
      ]);
      it.require(
        "apple==1.0  # services/a, services/b",
        "pear  # services/a",
        "tree[green]>=1  # services/c",
        "tree",
        "    # services/d",
        "    # .",
      );
      assert.equal((await it.setup("export", "services/a")).code, 1, "there is no lock");
      await it.setup("lock", "--installer", installer);
      const behind = await it.setup("export", "services/a");
      assert.equal(behind.code, 1);
      assert.match(
        behind.stderr,
        /is not up to date \(there is no central venv\): python3 build\/python\/setup\.py\n$/,
      );
      assert.equal((await it.setup()).code, 0);
    });

    test("a project gets what its lines lead to, pinned, and nothing else", async () => {
      assert.deepEqual((await exported("services/a")).names, [
        "apple==1.0",
        "pear==1.0",
        "seed-of-pear==1.5",
      ]);
      assert.deepEqual((await exported("services/b")).names, ["apple==1.0"]);
      assert.deepEqual((await exported("./services/d/")).names, ["apple==1.0", "tree==1.0"]);
      assert.deepEqual((await exported(".")).names, ["apple==1.0", "tree==1.0"]);
    });

    test("extras count, and what only another platform needs stays in a lock for all", async () => {
      const elsewhere =
        installer === "uv" ? ["tree==1.0", "vein==1.0", "water==1.0"] : ["tree==1.0"];
      assert.deepEqual((await exported("services/c")).names, [
        "apple==1.0",
        "leaf==1.0",
        ...elsewhere,
      ]);
    });

    test("the head carries the origin and its digest; hashes stay", async () => {
      const { stdout } = await exported("services/a");
      assert.match(
        stdout,
        /^# exported by One Venv: what services\/a needs, with the pins of build\/python\/requirements\.lock\n/,
      );
      assert.match(stdout, /\n# origin: build\/python\/requirements\.lock sha256:[0-9a-f]{64}\n/);
      assert.equal(stdout.includes("--hash=sha256:"), installer === "uv");
    });

    test("to a file: an earlier export is replaced, another file never", async () => {
      const file = join(it.root, "image.txt");
      for (const project of ["services/a", "services/b"]) {
        assert.equal((await it.setup("export", project, "--output", file)).code, 0);
        assert.match(readFileSync(file, "utf8"), new RegExp(`what ${project} needs`));
      }
      writeFileSync(file, "mine\n");
      assert.equal((await it.setup("export", "services/a", "--output", file)).code, 1);
      assert.equal(readFileSync(file, "utf8"), "mine\n");
    });

    test("what would be written can be printed alone, with the command that renews it", async () => {
      const words = ["export", "services/b", "--output", "b/requirements.lock", "--print"];
      const { code, stdout } = await it.setup(...words);
      assert.equal(code, 0);
      assert.match(stdout, /\n# renew it with: .* --output b\/requirements\.lock\n/);
      assert.ok(!existsSync(join(it.root, "b/requirements.lock")));
    });

    test("a project that no line names: those that are named", async () => {
      const outcome = await it.setup("export", "services/z");
      assert.equal(outcome.code, 1);
      assert.match(
        outcome.stderr,
        /Named are: \., services\/a, services\/b, services\/c, services\/d\n$/,
      );
    });
  });
}
