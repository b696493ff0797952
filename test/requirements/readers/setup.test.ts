import assert from "node:assert/strict";
import { test } from "node:test";
import { readSetupCfg } from "../../../src/requirements/readers/setup-cfg.ts";
import { readSetupPy } from "../../../src/requirements/readers/setup-py.ts";
import { said } from "./said.ts";

type Rows = readonly (readonly [what: string, text: string, ...expected: string[]])[];

const config: Rows = [
  ["nothing", ""],
  ["a file for tools only", "[flake8]\nmax-line-length = 100\n"],
  [
    "requirements by indentation",
    `[options]
install_requires =
    six>=1; python_version<"3"  # why
# a comment
    ; another

    Flask
zip_safe = no
`,
    '3:5 six>=1 ; python_version < "3"',
    "7:5 Flask",
  ],
  [
    "a value on one line",
    '[options]\ninstall_requires = six; python_version<"3" ; flask==1\n',
    "2:20 six",
    "2:25 ? on one line ; separates requirements; a marker needs a line of its own below",
    "2:46 flask==1",
  ],
  [
    "a value that begins on the option's line",
    "[options]\ninstall_requires = a\n  b;os_name=='nt'\n",
    "2:20 a",
    '3:3 b ; os_name == "nt"',
  ],
  [
    "extras, other lists and dashes",
    `[options]
setup-requires = wheel
tests_require =
  pytest
[options.extras_require]
Dev_x = a; b
docs =
    sphinx
`,
    "2:18 wheel (build)",
    "4:3 pytest (group tests)",
    "6:9 a (optional dev-x)",
    "6:12 b (optional dev-x)",
    "8:5 sphinx (optional docs)",
  ],
  [
    "file:",
    "[options]\ninstall_requires = file: requirements.txt, more.txt\n[options.extras_require]\nd = file: d.txt\n",
    "2:26 include requirements.txt",
    "2:44 include more.txt",
    "4:11 include d.txt (optional d)",
  ],
  [
    "what configparser refuses",
    "lost = 1\n[options]\n[options]\nnothing\ninstall_requires = a\ninstall_requires = b\n",
    "1:1 ? no section header above this line",
    "3:1 ? a second section [options]",
    "4:1 ? neither an option nor a section",
    "5:20 a",
    "6:1 ? a second install_requires in [options]",
  ],
  [
    "interpolation",
    "[options]\ninstall_requires =\n  a%%b\n  %(x)s\n",
    "3:3 ? expected a version specifier, @ or a semicolon or the end",
    "4:3 ? % stands for the value of another option",
  ],
  ["the other delimiter", "[options]\ninstall_requires: a\n", "2:19 a"],
];

for (const [what, text, ...expected] of config) {
  for (const ends of ["\n", "\r\n", "\r"]) {
    test(`setup.cfg: reads ${what}, line ends ${JSON.stringify(ends)}`, () => {
      assert.deepEqual(said(readSetupCfg("setup.cfg", text.replaceAll("\n", ends))), expected);
    });
  }
}

test("setup.cfg: metadata as it stands there, not what a directive computes", () => {
  const read = readSetupCfg(
    "setup.cfg",
    "[metadata]\nname = a\nversion = attr: a.v\n[options]\npython_requires = >=3.8\n",
  );
  const span = { line: 5, column: 19, endLine: 5, endColumn: 24 };
  assert.deepEqual(read.metadata, {
    name: "a",
    version: null,
    requiresPython: { value: ">=3.8", span },
  });
});

const script: Rows = [
  ["nothing", ""],
  ["no call of setup", "x = ['flask']\n"],
  [
    "literals",
    `from setuptools import setup
setup(
    install_requires=["six>=1; python_version<'3'", 'requests' ' >=2', "\\x61"],  # why
    extras_require={"Dev_x": ["pytest"], ":os_name=='nt'": ["c"], "t:python_version<'3'": ("mock",)},
    setup_requires="wheel",
)
`,
    '3:24 six>=1 ; python_version < "3"',
    "3:53 requests>=2",
    "3:73 a",
    "4:32 pytest (optional dev-x)",
    '4:62 c ; os_name == "nt"',
    '4:93 mock ; python_version < "3" (optional t)',
    "5:21 wheel (build)",
  ],
  [
    "names bound once",
    `import setuptools
base = ["a"]
extras = dict(d=["b"], all=base)
setuptools.setup(install_requires=base + ["c"] + list(("d",)), extras_require=extras)
`,
    "2:10 a",
    "2:10 a (optional all)",
    "3:19 b (optional d)",
    "4:44 c",
    "4:57 d",
  ],
  [
    "a string with a line each",
    'setup(install_requires="""\n  a\n  # no\n  b>=1  # c\n""")\n',
    "2:3 a",
    "4:3 b>=1",
  ],
  [
    "what is computed",
    `from setuptools import setup
from other import more
names = ["a"]
names.append("late")
twice = ["x"]
twice = ["y"]
setup(install_requires=names + more + twice + [f"b=={v}", "c" if d else "e", *more], extras_require=get())
setup(**config())
`,
    "3:11 a",
    "4:1 ? names is changed here when setup.py runs; only literals are read",
    "7:32 ? computed when setup.py runs; only literals are read",
    "7:39 ? computed when setup.py runs; only literals are read",
    "7:48 ? computed when setup.py runs; only literals are read",
    "7:59 ? computed when setup.py runs; only literals are read",
    "7:79 ? computed when setup.py runs; only literals are read",
    "7:101 ? extras are computed when setup.py runs; only literals are read",
    "8:9 ? the arguments of setup are computed when setup.py runs; only literals are read",
  ],
  [
    "keywords from a dictionary",
    'config = {"install_requires": ["a"], "name": "n"}\nsetup(**config)\n',
    "1:33 a",
  ],
  [
    "a file that is read",
    `with open("requirements.txt") as f:
    lines = f.read().splitlines()
def dev():
    return [l for l in open(os.path.join(here, "reqs", "dev.txt"))]
setup(install_requires=lines, extras_require={"dev": dev(), "two": both(open("a.txt"), open("b.txt"))})
`,
    "1:12 include requirements.txt",
    "2:13 note: setup.py reads requirements.txt with code of its own",
    "4:29 include reqs/dev.txt (optional dev)",
    "5:54 note: setup.py reads reqs/dev.txt with code of its own",
    "5:68 ? computed when setup.py runs; only literals are read",
  ],
  [
    "a file below a path that is joined with /",
    'setup(install_requires=(Path(__file__).parent / "reqs" / "a.txt").read_text().splitlines())',
    "1:24 note: setup.py reads reqs/a.txt with code of its own",
    "1:25 include reqs/a.txt",
  ],
  [
    "no file whose folder a function adds",
    `def reqs(*names):
    return open(os.path.join(os.getcwd(), "requirements", *names))
def extras(name):
    return read("extras", name)
def read(folder, name):
    return open(name)
setup(install_requires=reqs("a.txt"), tests_require=extras("b.txt"))
`,
    "7:24 ? computed when setup.py runs; only literals are read",
    "7:53 ? computed when setup.py runs; only literals are read",
  ],
  [
    "changes of what requires nothing",
    'config = {"install_requires": ["a"]}\nconfig["zip_safe"] = False\nconfig["extras_require"] = x\nsetup(**config)\n',
    "1:33 a",
    "3:1 ? config is changed here when setup.py runs; only literals are read",
  ],
  [
    "a requirement that is none",
    "setup(install_requires=['a =='])",
    "1:26 ? expected a version specifier, @ or a semicolon or the end",
  ],
  ["None and nothing", "setup(install_requires=None, extras_require=None, tests_require=[])"],
];

for (const [what, text, ...expected] of script) {
  test(`setup.py: reads ${what}`, () => {
    const read = said(readSetupPy("setup.py", text));
    assert.deepEqual(read, expected);
  });
}

test("setup.py: half a file is read as far as it goes, and the break is named", () => {
  const read = said(readSetupPy("setup.py", "setup(install_requires=['a', "));
  assert.ok(read.includes("1:26 a"));
  assert.ok(read.some((line) => line.endsWith("? not Python")));
});

test("setup.py: metadata that is literal", () => {
  const read = readSetupPy(
    "setup.py",
    'V = "1.2"\nsetup(name="n", version=V, python_requires=">=3.7")\n',
  );
  const span = { line: 2, column: 45, endLine: 2, endColumn: 50 };
  assert.deepEqual(read.metadata, {
    name: "n",
    version: "1.2",
    requiresPython: { value: ">=3.7", span },
  });
});

test("setup.py: a long text that is no Python is said to be none", () => {
  const broken = `setup(install_requires=['a'])\n${"def f(:\n".repeat(8000)}`;
  assert.deepEqual(said(readSetupPy("setup.py", broken)), ["1:1 ? not Python, and long"]);
  const long = `setup(install_requires=['a'])\n${"def f(): pass\n".repeat(8000)}`;
  assert.deepEqual(said(readSetupPy("setup.py", long)), ["1:26 a"]);
});

test("setup.py: brackets nested beyond reason do not break it", () => {
  const deep = `setup(install_requires=${"(".repeat(50_000)}"a"${")".repeat(50_000)})`;
  assert.equal(readSetupPy("setup.py", deep).format, "setup.py");
});
