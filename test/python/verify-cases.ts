/** One script with the files around it, and what `setup.py verify` says of it. */
export interface Case {
  files: Record<string, string>;
  /** The script, where it is not main.py. */
  script?: string;
  /** `FILE:LINE KIND MODULE PROVIDERS FOLDERS`. */
  problems: string[];
  /** `FILE:LINE KIND MODULE`. */
  notes?: string[];
  /** The Pythons (3.N) for which it holds: from, and below. */
  from?: number;
  below?: number;
}

const main = "\nif __name__ == '__main__':\n    pass\n";
const script = (text: string, problems: string[], notes: string[] = []): Case => ({
  files: { "main.py": text + main },
  problems,
  notes,
});
const several = (
  files: Record<string, string>,
  problems: string[],
  notes: string[] = [],
): Case => ({
  files: { ...files, "main.py": (files["main.py"] ?? "") + main },
  problems,
  notes,
});

export const CASES: Record<string, Case> = {
  "all-well": script(
    "import os.path, json, sys, _thread\nimport xml.etree.ElementTree as ET\nfrom collections import abc\nimport web.routes\nfrom shared import fine\nimport rooted\nimport by_path\nfrom plain import inner\nimport plain.inner",
    [],
  ),
  "nothing-imported": script("x = 1", []),
  accidental: script("import web\nimport wire\nfrom wire import anything\nimport spare", []),
  "accidental-but-guarded": script(
    "try:\n    import wire\nexcept ImportError:\n    wire = None",
    [],
  ),
  // ---- what is not there
  missing: script("import os\nimport cv2, yaml\nfrom PIL import Image", [
    "main.py:2 missing cv2 opencv-python",
    "main.py:2 missing yaml PyYAML",
    "main.py:3 missing PIL Pillow",
  ]),
  "missing-unknown": script("import zebra_tools", ["main.py:1 missing zebra_tools zebra-tools"]),
  "missing-but-declared": script("import absent", ["main.py:1 missing absent absent"]),
  "missing-private": script("import _zebra", ["main.py:1 missing _zebra"]),
  "missing-in-google": script("from google.cloud import storage\nimport azure.storage.blob", [
    "main.py:1 missing google google-cloud-storage",
    "main.py:2 missing azure azure-storage-blob",
  ]),
  "missing-in-namespace": script("from cloud import one, two\nimport cloud.three", [
    "main.py:1 missing cloud.two cloud-two",
    "main.py:2 missing cloud.three cloud-three",
  ]),
  "missing-submodule": script("import web.nothing", ["main.py:1 missing web.nothing"]),
  "missing-below-module": script("import wire.inner\nimport json.nothing", [
    "main.py:1 missing wire.inner",
    "main.py:2 missing json.nothing",
  ]),
  "no-import-root": script("import unrooted\nfrom unrooted_package import x", [
    "main.py:1 missing unrooted libs/unrooted",
    "main.py:2 missing unrooted_package libs/unrooted",
  ]),
  "no-such-name": several(
    { "main.py": "from helper import here, gone", "helper.py": "def here(): pass" },
    ["main.py:1 name gone"],
  ),
  "names-that-may-come": several(
    {
      "main.py":
        "from star import anything\nfrom attr_ import anything\nfrom glob_ import anything",
      "star.py": "from os.path import *",
      "attr_.py": "def __getattr__(name): return 1",
      "glob_.py": "globals().update(x=1)",
    },
    [],
  ),
  "a-folder-is-no-module": several(
    {
      "main.py": "import docker\nfrom data import file",
      "docker/Dockerfile": "",
      "data/file.txt": "",
    },
    ["main.py:1 missing docker docker", "main.py:2 missing data data"],
  ),
  "a-folder-of-resources": several(
    {
      "main.py": "from pack import data\nimport pack.data",
      "pack/__init__.py": "",
      "pack/data/file.txt": "",
    },
    [],
  ),
  "a-name-in-a-folder": several(
    { "main.py": "from tools import here, gone", "tools/here.py": "" },
    ["main.py:1 missing tools.gone"],
  ),
  "case-matters": several({ "main.py": "import Helper", "helper.py": "" }, [
    "main.py:1 missing Helper helper",
  ]),
  "gone-from-the-library": {
    ...script("import asyncore, distutils.core", [
      "main.py:1 missing asyncore",
      "main.py:1 missing distutils setuptools",
    ]),
    from: 12,
  },
  "still-in-the-library": { ...script("import asyncore, distutils.core", []), below: 12 },
  "new-in-the-library": { ...script("import tomllib", ["main.py:1 missing tomllib"]), below: 11 },
  "the-library-elsewhere": script("import winreg", [], ["main.py:1 platform winreg"]),
  // ---- what is excused
  "try-import": script(
    "try:\n    import ujson\nexcept ImportError:\n    ujson = None",
    [],
    ["main.py:2 try ujson"],
  ),
  "try-other-errors": script(
    "try:\n    import a1\nexcept (ValueError, ModuleNotFoundError):\n    pass\ntry:\n    import a2\nexcept Exception as e:\n    pass\ntry:\n    import a3\nexcept:\n    pass\ntry:\n    import a4\nexcept builtins.ImportError:\n    pass",
    [],
    ["main.py:2 try a1", "main.py:6 try a2", "main.py:10 try a3", "main.py:14 try a4"],
  ),
  "try-unrelated": script(
    "try:\n    import a1\nexcept ValueError:\n    pass\ntry:\n    import a2\nfinally:\n    pass",
    ["main.py:2 missing a1 a1", "main.py:6 missing a2 a2"],
  ),
  "try-else": script(
    "try:\n    import a1\nexcept ImportError:\n    pass\nelse:\n    import a2",
    [],
    ["main.py:2 try a1", "main.py:6 try a2"],
  ),
  "fallback-needed": script(
    "try:\n    import a1\nexcept ImportError:\n    import b1",
    ["main.py:4 missing b1 b1"],
    ["main.py:2 try a1"],
  ),
  "fallback-idle": script(
    "try:\n    import json\nexcept ImportError:\n    import simplejson as json",
    [],
    ["main.py:4 try simplejson"],
  ),
  "fallback-of-fallback": script(
    "try:\n    import a1\nexcept ImportError:\n    try:\n        import web\n    except ImportError:\n        import c1",
    [],
    ["main.py:2 try a1", "main.py:7 try c1"],
  ),
  suppressed: script(
    "from contextlib import suppress\nwith suppress(ImportError):\n    import a1",
    [],
    ["main.py:3 try a1"],
  ),
  "type-checking": script(
    "import typing as t\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a1\nif t.TYPE_CHECKING and True:\n    import a2\nif not TYPE_CHECKING:\n    import web\nelse:\n    import a3\nif False:\n    import a4",
    [],
    ["main.py:4 types a1", "main.py:6 types a2", "main.py:10 types a3", "main.py:12 types a4"],
  ),
  "type-checking-else": script(
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    pass\nelse:\n    import a1",
    ["main.py:5 missing a1 a1"],
  ),
  platform: script(
    "import os, sys, platform\nif sys.platform == 'win32':\n    import a1\nelif os.name == 'nt':\n    import a2\nelse:\n    import a3\nif sys.version_info >= (3, 99):\n    import a4\nif platform.system().lower() == 'plan9':\n    import a5\nif sys.platform.startswith('x'):\n    import a6",
    [],
    [
      "main.py:3 test a1",
      "main.py:5 test a2",
      "main.py:7 test a3",
      "main.py:9 test a4",
      "main.py:11 test a5",
      "main.py:13 test a6",
    ],
  ),
  "flags-of-that": script(
    "import importlib.util\nHAS_X = PY2 = IS_WINDOWS = False\nif HAS_X:\n    import a1\nif PY2:\n    import a2\nif IS_WINDOWS:\n    import a3\nif importlib.util.find_spec('a4'):\n    import a4",
    [],
    ["main.py:4 test a1", "main.py:6 test a2", "main.py:8 test a3", "main.py:10 test a4"],
  ),
  "other-tests-excuse-nothing": script("import sys\nif len(sys.argv) > 1:\n    import a1", [
    "main.py:3 missing a1 a1",
  ]),
  "in-functions-and-classes": script(
    "def f():\n    import a1\n\nasync def g():\n    with open('x') as y:\n        for z in y:\n            import a2\n\nclass C:\n    import a3\n\nwhile False:\n    import a4",
    [
      "main.py:2 missing a1 a1",
      "main.py:7 missing a2 a2",
      "main.py:10 missing a3 a3",
      "main.py:13 missing a4 a4",
    ],
  ),
  "in-match": {
    ...script(
      "import sys\nmatch sys.argv:\n    case []:\n        import a1\n    case _:\n        pass",
      ["main.py:4 missing a1 a1"],
    ),
    from: 10,
  },
  "match-before-it-was": {
    ...script("import sys\nmatch sys.argv:\n    case []:\n        import a1", ["main.py:2 syntax"]),
    below: 10,
  },
  "only-running-shows": script(
    "import lazy.made\nimport lazy.other\nimport compiled.inner",
    [],
    [
      "main.py:1 unsure lazy.made",
      "main.py:2 unsure lazy.other",
      "main.py:3 unsure compiled.inner",
    ],
  ),
  // ---- what the script's own modules need
  helper: script("from shared import needs", ["shared/needs.py:3 missing numpy numpy"]),
  "helper-of-helper": several(
    { "main.py": "import one", "one.py": "import two", "two.py": "\nimport three" },
    ["two.py:2 missing three three"],
  ),
  "helper-that-does-not-compile": several({ "main.py": "import one", "one.py": "x = (\n" }, [
    "one.py:1 syntax",
  ]),
  "helper-that-may-fail": several(
    {
      "main.py": "try:\n    import one\nexcept ImportError:\n    one = None",
      "one.py": "import a1",
    },
    [],
    ["one.py:1 try a1"],
  ),
  "helper-for-types": several(
    {
      "main.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import one",
      "one.py": "import a1",
    },
    [],
  ),
  "helper-both-ways": several(
    {
      "main.py": "try:\n    import one\nexcept ImportError:\n    pass\nimport two",
      "one.py": "import a1",
      "two.py": "import one",
    },
    ["one.py:1 missing a1 a1"],
  ),
  "package-init-counts": several(
    { "main.py": "import pack.inner", "pack/__init__.py": "import a1", "pack/inner.py": "" },
    ["pack/__init__.py:1 missing a1 a1"],
  ),
  "a-ring-ends": script("import shared.ring_a", []),
  "an-editable-member": script("import member", [
    "members/member/__init__.py:1 missing nowhere_in_member nowhere-in-member",
  ]),
  "an-old-namespace": script("import space.here", []),
  "a-file-beside-hides": several(
    {
      "main.py": "from json import gone\nimport queue",
      "json.py": "here = 1",
      "queue.py": "import a1",
    },
    ["main.py:1 name gone", "queue.py:1 missing a1 a1"],
  ),
  "but-not-what-is-loaded-before": several(
    { "main.py": "from os import path\nimport sys", "os.py": "import a1", "sys.py": "import a1" },
    [],
  ),
  // ---- relative imports, and packages
  "relative-in-package": {
    script: "app/main.py",
    files: {
      "app/__init__.py": "",
      "app/main.py": `from . import helper\nfrom .helper import here, gone\nfrom .nothing import x\nfrom .. import toofar${main}`,
      "app/helper.py": "here = 1",
    },
    problems: [
      "app/main.py:2 name gone",
      "app/main.py:3 missing app.nothing",
      "app/main.py:4 relative ..",
    ],
    notes: ["app/main.py:1 module ."],
  },
  "relative-between-packages": {
    script: "app/__main__.py",
    files: {
      "app/__init__.py": "",
      "app/__main__.py": "from .a import one",
      "app/a/__init__.py": "",
      "app/a/one.py": "from ..b import two\nfrom ..b.two import value",
      "app/b/__init__.py": "",
      "app/b/two.py": "value = 1\nimport a1",
    },
    problems: ["app/b/two.py:2 missing a1 a1"],
  },
  "relative-in-a-helper-beside": several(
    { "main.py": "import helper", "helper.py": "from . import x" },
    ["helper.py:1 relative ."],
  ),
  "package-run-as-module": {
    script: "app/__main__.py",
    files: {
      "app/__init__.py": "",
      "app/__main__.py": "from app import helper\nimport app.other",
      "app/helper.py": "",
      "app/other.py": "",
    },
    problems: [],
  },
  "package-run-as-folder": {
    script: "app/__main__.py",
    files: { "app/__main__.py": "import helper\nimport nothing_here", "app/helper.py": "" },
    problems: ["app/__main__.py:2 missing nothing_here nothing-here"],
  },
  "script-in-a-package": {
    script: "app/tool.py",
    files: {
      "app/__init__.py": "",
      "app/tool.py": `import json\nfrom json import dumps${main}`,
      "app/json.py": "",
      "app/x.py": "",
    },
    problems: [],
  },
  // ---- sys.path
  "path-by-os-path": script(
    "import os, sys\nHERE = os.path.dirname(os.path.abspath(__file__))\nROOT = os.path.join(HERE, '..', '..')\nsys.path.insert(0, os.path.join(ROOT, 'libs', 'unrooted'))\nimport unrooted",
    [],
  ),
  "path-by-pathlib": script(
    "import sys\nfrom pathlib import Path\nsys.path.append(str(Path(__file__).resolve().parents[2] / 'libs' / 'unrooted'))\nimport unrooted",
    [],
  ),
  "path-by-parent": script(
    "import sys, pathlib\nROOT = pathlib.Path(__file__).parent.parent.parent\nsys.path += [f'{ROOT}/libs/unrooted']\nimport unrooted",
    [],
  ),
  "path-in-a-loop": script(
    "import sys\nfor folder in ('libs/none', 'libs/unrooted'):\n    sys.path.insert(0, folder)\nimport unrooted",
    [],
  ),
  "path-extended": script(
    "import sys, os\nsys.path.extend([os.getcwd() + '/libs/unrooted'])\nimport unrooted\nimport a1",
    ["main.py:4 missing a1 a1"],
  ),
  "path-by-a-helper": several(
    {
      "main.py": "import setup_path\nimport unrooted",
      "setup_path.py":
        "import os, sys\nsys.path.insert(0, os.path.dirname(__file__) + '/../../libs/unrooted')",
    },
    [],
  ),
  "path-unreadable": script(
    "import os, sys\nsys.path.insert(0, os.environ['X'])\nimport a1\nfrom shared.fine import gone",
    ["main.py:4 name gone"],
    ["main.py:3 path a1"],
  ),
  // ---- what does not compile
  "python-2": script("print 'hello'", ["main.py:1 syntax"]),
  "outside-a-function": script("import os\nreturn 1", ["main.py:2 syntax"]),
  "bad-indentation": script("if True:\n  x = 1\n   y = 2", ["main.py:3 syntax"]),
  "null-bytes": script("x = 1\0", ["main.py:1 syntax"]),
  "an-escape-that-warns": script("x = '\\d'\nassert (1, 'x')", []),
  "with-bom-and-crlf": script("\ufeffimport a1\r\nx = 'é'; import a2\r\n", [
    "main.py:1 missing a1 a1",
    "main.py:2 missing a2 a2",
  ]),
  "a-future-import": script("from __future__ import annotations", []),
  "no-such-future": script("from __future__ import flying_cars", ["main.py:1 syntax"]),
};
