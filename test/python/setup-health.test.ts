import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { before, describe, test } from "node:test";
import { type Central, central } from "./central.ts";
import { pythons } from "./pythons.ts";
import { run, scratch, write } from "./repository.ts";
import { uvFolder } from "./uv.ts";

const uv = await uvFolder();
const every = await pythons();
const python = every.at(-1)!;

describe("setup.py check", () => {
  let it: Central;
  let venv: string;
  let site: string;
  before(async () => {
    it = central(python, uv === undefined ? "pip" : "uv", uv);
    it.require("apple==1.0", "pear");
    assert.equal((await it.setup()).code, 0);
    venv = join(it.root, "build/python/venv");
    site = join(venv, "lib", readdirSync(join(venv, "lib"))[0]!, "site-packages");
  });

  /** The codes while `change` is in force; afterwards `back` restores what was. */
  async function codes(change: () => void, back: () => void) {
    change();
    try {
      const { reasons, healthy } = await it.check();
      assert.equal(healthy, reasons.length === 0);
      assert.ok(reasons.every(({ message, mend }) => message !== "" && mend !== ""));
      assert.equal((await it.setup("check")).code, healthy ? 0 : 1);
      return reasons.map((reason) => reason.code);
    } finally {
      back();
    }
  }
  const moved = (from: string, to: string) =>
    codes(
      () => renameSync(from, to),
      () => renameSync(to, from),
    );
  const edited = (path: string, change: (text: string) => string) => {
    const text = readFileSync(path, "utf8");
    return codes(
      () => writeFileSync(path, change(text)),
      () => writeFileSync(path, text),
    );
  };
  const with_ = (path: string, text: string) =>
    codes(
      () => write(it.root, { [path]: text }),
      () => rmSync(join(it.root, path)),
    );

  test("healthy, and its JSON says what was built when and by what", async () => {
    const it_ = await it.check();
    assert.equal(it_.healthy, true);
    const {
      schema,
      venv: place,
      python: version,
      installer,
      packages,
    } = it_ as never as Record<string, unknown>;
    assert.deepEqual([schema, place, packages], [1, venv, 3]);
    assert.match(String(version), /^3\.\d+\.\d+$/);
    assert.match(String(installer), /^(pip|uv) \d/);
  });

  test("no venv; a folder that is none; a link; one without a record", async () => {
    const aside = join(it.root, "aside");
    assert.deepEqual(await moved(venv, aside), ["no-venv"]);
    assert.deepEqual(await moved(join(venv, "pyvenv.cfg"), aside), ["not-a-venv"]);
    assert.deepEqual(await moved(join(venv, ".one-venv.json"), aside), ["no-record"]);
    const link = () => {
      renameSync(venv, aside);
      symlinkSync(aside, venv);
    };
    const back = () => {
      unlinkSync(venv);
      renameSync(aside, venv);
    };
    assert.deepEqual(await codes(link, back), ["linked"]);
    assert.deepEqual(await edited(join(venv, ".one-venv.json"), (text) => text.slice(0, 99)), [
      "no-record",
    ]);
  });

  test("what a killed build left", async () => {
    const left = (name: string) =>
      codes(
        () => mkdirSync(join(it.root, "build/python", name)),
        () => rmSync(join(it.root, "build/python", name), { recursive: true }),
      );
    assert.deepEqual(await left(".new"), ["half-built"]);
    assert.deepEqual(await left(".old"), ["half-built"]);
    assert.deepEqual(await moved(venv, join(dirname(venv), ".old")), ["half-built", "no-venv"]);
  });

  test("the interpreter is gone, or is another one now", async () => {
    const program = join(venv, "bin/python3");
    const names = ["python", "python3"].map((name) => join(venv, "bin", name));
    const old = names.map((path) => readlinkSync(path));
    const to = (target: string) =>
      codes(
        () =>
          names.forEach((path) => {
            unlinkSync(path);
            symlinkSync(target, path);
          }),
        () =>
          names.forEach((path, n) => {
            unlinkSync(path);
            symlinkSync(old[n]!, path);
          }),
      );
    assert.deepEqual(await to("/nowhere/python3"), ["interpreter-gone"]);
    assert.equal(readlinkSync(program), old[1]);
    if (every.length > 1) assert.deepEqual(await to(every[0]!.path), ["wrong-python"]);
  });

  test("decisions.json names another Python, or cannot be read", async () => {
    const path = "build/python/decisions.json";
    assert.deepEqual(await with_(path, '{"schema": 1, "python": "3.7"}'), ["wrong-python"]);
    assert.deepEqual(
      await with_(path, `{"schema": 1, "python": "${python.version.join(".")}"}`),
      [],
    );
    assert.deepEqual(await with_(path, '{"schema": 1, "python": null}'), []);
    assert.deepEqual(await with_(path, "{"), ["decisions"]);
    assert.deepEqual(await with_(path, '{"python": 3.11}'), ["decisions"]);
  });

  test("the folder has moved", async () => {
    const there = join(scratch(), "elsewhere");
    renameSync(it.root, there);
    const file = join(there, "build/python/setup.py");
    const outcome = await run([python.path, file, "check", "--json"], { env: it.env });
    renameSync(there, it.root);
    const { reasons } = JSON.parse(outcome.stdout);
    assert.deepEqual(
      reasons.map(({ code }: { code: string }) => code),
      ["moved"],
    );
  });

  test("an input changed, came or went; line ends are no change", async () => {
    const file = join(it.root, "build/python/requirements.txt");
    assert.deepEqual(await edited(file, (text) => `${text}# more\n`), ["out-of-date"]);
    assert.deepEqual(await edited(file, (text) => text.replaceAll("\n", "\r\n")), []);
    assert.deepEqual(await with_("build/python/constraints.txt", "apple<2\n"), ["out-of-date"]);
    assert.deepEqual(await with_("build/python/build-constraints.txt", "setuptools<80\n"), [
      "out-of-date",
    ]);
    assert.deepEqual(await moved(file, `${file}.aside`), ["no-requirements", "out-of-date"]);
  });

  test("packages that are missing, of another version, or not declared", async () => {
    const info = join(site, "apple-1.0.dist-info");
    assert.deepEqual(await moved(info, join(site, "apple-2.0.dist-info")), ["version"]);
    assert.deepEqual(await moved(info, join(site, "~pple-1.0.dist-info")), ["missing"]);
    const extra = join(site, "extra-1.0.dist-info");
    assert.deepEqual(
      await codes(
        () => mkdirSync(extra),
        () => rmSync(extra, { recursive: true }),
      ),
      ["undeclared"],
    );
    const pip = join(site, "pip-99.0.dist-info");
    const own = readdirSync(site).find((name) => /^pip-.*dist-info$/.test(name))!;
    assert.deepEqual(await moved(join(site, own), pip), [], "pip may be updated");
  });

  test("a source or environment that a plan removed is back", async () => {
    const file = "services/a/requirements.txt";
    write(it.root, {
      "build/python/decisions.json": JSON.stringify({
        schema: 1,
        python: null,
        removed: [{ path: file, project: "services/a" }],
      }),
    });
    assert.deepEqual(await with_("services/b/requirements.txt", ""), []);
    assert.deepEqual(await with_(file, ""), ["returned"]);
    rmSync(join(it.root, "build/python/decisions.json"));
  });

  test("odd entries in what was removed hide no other, and lead nowhere", async () => {
    const removed = [
      null,
      1,
      {},
      { path: 7 },
      { path: "../repo/build" },
      { path: "/" },
      { path: "a//b/" },
    ];
    write(it.root, {
      "build/python/decisions.json": JSON.stringify({ schema: 1, python: null, removed }),
    });
    assert.deepEqual(await with_("a/b/pyvenv.cfg", ""), ["returned"]);
    rmSync(join(it.root, "build/python/decisions.json"));
    rmSync(join(it.root, "a"), { recursive: true });
  });

  test("an environment that git tracks, and an exported lock that is behind", async () => {
    const git = (...words: string[]) => run(["git", ...words], { cwd: it.root, env: it.env });
    const head =
      "# exported by One Venv: what a needs\n# origin: build/python/requirements.lock sha256:";
    write(it.root, {
      "build/python/.gitignore": "venv\n",
      "services/a/venv/pyvenv.cfg": "",
      "services/c/conda-meta/history": "",
      "services/a/image.txt": `${head}${"0".repeat(64)}\n# python: 3.11\n# renew it with: renew this\n`,
    });
    assert.equal((await it.check()).healthy, true, "without git nothing is tracked");
    await git("init", "-q");
    assert.deepEqual(
      (await it.check()).reasons.map(({ code, mend }) => [code, mend]),
      [["export-behind", "renew this"]],
      "also while it is not added",
    );
    rmSync(join(it.root, "services/a/image.txt"));
    assert.equal((await it.check()).healthy, true, "environments are there, and not tracked");
    await git("add", "-f", "services");
    const { reasons } = await it.check();
    assert.deepEqual(
      reasons.map(({ code, message }) => [code, message.split(",")[0]]),
      [
        ["tracked-environment", "git tracks the environment services/a/venv"],
        ["tracked-environment", "git tracks the environment services/c"],
      ],
    );
    assert.equal((await it.setup("check")).code, 1);
    assert.equal((await it.setup()).code, 0, "it keeps no build from what it does");
    const mend = ["sh", "-c", reasons[0]!.mend];
    assert.equal((await run(mend, { cwd: it.root, env: it.env })).code, 0);
    assert.equal((await it.check()).reasons.length, 1);
    for (const path of [".git", "services/a/venv", "services/c", "build/python/.gitignore"]) {
      rmSync(join(it.root, path), { recursive: true });
    }
  });

  test("what the build found to contradict itself stays said", async () => {
    const record = join(venv, ".one-venv.json");
    const found = ["plum 1.0 has requirement apple<2, but you have apple 2.0."];
    const change = (text: string) => JSON.stringify({ ...JSON.parse(text), findings: found });
    assert.deepEqual(await edited(record, change), ["inconsistent"]);
    writeFileSync(record, change(readFileSync(record, "utf8")));
    assert.equal((await it.setup()).code, 0, "nothing that a build could do");
    assert.equal((await it.check()).healthy, false);
    assert.equal((await it.setup("check", "--renew")).code, 0);
    assert.equal((await it.check()).healthy, true);
  });

  test("a build mends every one of them", async () => {
    const breaks: [string, () => void][] = [
      [
        "a package of another version",
        () => renameSync(join(site, "apple-1.0.dist-info"), join(site, "apple-0.5.dist-info")),
      ],
      ["a missing package", () => rmSync(join(site, "pear-1.0.dist-info"), { recursive: true })],
      ["a lost record", () => rmSync(join(venv, ".one-venv.json"))],
      ["a foreign venv without pip", () => rmSync(join(site, "pip"), { recursive: true })],
      ["no interpreter", () => unlinkSync(join(venv, "bin/python3"))],
      ["no venv", () => rmSync(venv, { recursive: true })],
      ["leftovers", () => mkdirSync(join(it.root, "build/python/.new"))],
      ["a venv moved away by a killed build", () => renameSync(venv, join(dirname(venv), ".old"))],
      ["an extra package", () => mkdirSync(join(site, "extra-1.0.dist-info"))],
    ];
    for (const [what, damage] of breaks) {
      damage();
      const outcome = await it.setup();
      assert.equal(outcome.code, 0, `${what}: ${outcome.stdout}${outcome.stderr}`);
      assert.deepEqual((await it.check()).reasons, [], what);
      assert.equal((await it.runner("apple")).stdout, "apple 1.0\n", what);
    }
  });

  test("what is not ours is left alone", async () => {
    const folder = join(it.root, "build/python");
    write(it.root, { "build/python/.new/precious.txt": "mine" });
    it.require("apple==2.0");
    const outcome = await it.setup();
    assert.equal(outcome.code, 1);
    assert.match(outcome.stderr, /\.new is in the way, and is not One Venv's/);
    assert.equal(readFileSync(join(folder, ".new/precious.txt"), "utf8"), "mine");
    assert.equal((await it.setup("clean")).code, 1);
    assert.equal(readFileSync(join(folder, ".new/precious.txt"), "utf8"), "mine");
    rmSync(join(folder, ".new"), { recursive: true });
    assert.equal((await it.setup()).code, 0);
    assert.equal((await it.setup("clean")).code, 0);
    assert.deepEqual(readdirSync(folder).sort(), ["requirements.txt", "run.py", "setup.py"]);
  });

  test("exit code 2 where there is nothing to look at", async () => {
    const alone = join(scratch(), "setup.py");
    copyFileSync(join(it.root, "build/python/setup.py"), alone);
    const outcome = await run([python.path, alone, "check"], { env: it.env });
    assert.equal(outcome.code, 2);
    assert.match(outcome.stderr, /^One Venv: setup.py does not stand in build\/python/);
  });
});

test("what a new venv holds by itself is no contradiction, unless somebody asked for it", () => {
  const script = `
import importlib.util, json, sys, tempfile, os
spec = importlib.util.spec_from_file_location("setup", sys.argv[1])
setup = importlib.util.module_from_spec(spec)
spec.loader.exec_module(setup)
root = tempfile.mkdtemp()
os.makedirs(os.path.join(root, "build", "python"))
job = {"root": root, "seeds": {"wheel", "pip"}}
uv, pip = "The package \`wheel\` requires \`packaging>=24.0\`, but \`23.2\` is installed", "wheel 0.46 has requirement packaging>=24"
before = [setup.is_of_seed(job, line) for line in (uv, pip, "The package \`plum\` requires \`apple\`")]
with open(os.path.join(root, "build", "python", "requirements.txt"), "w") as file:
    file.write("wheel==0.46\\n")
print(json.dumps([before, setup.is_of_seed(job, uv)]))`;
  const { stdout, stderr } = spawnSync(
    "python3",
    ["-c", script, join(import.meta.dirname, "../../src/python/setup.py")],
    { encoding: "utf8" },
  );
  assert.equal(stdout.trim(), "[[true, true, false], false]", stderr);
});
