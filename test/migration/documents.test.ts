import { type Row, testRows } from "./table.ts";

const rows: readonly Row[] = [
  {
    name: "code in lines, lists, quotes and consoles",
    path: "README.md",
    before:
      "Run `python main.py`, not `python3` or `pip install x`.\n\n1. Then:\n\n   ```console\n   $ python manage.py a \\\n   >   --b\n   python out\n   $ cd services/a && python main.py\n   ```\n\n> ```sh\n> pytest -q\n> ```\n\n    python tools/gen.py\n\n```python\npython = 'python main.py'\n```\n",
    after:
      "Run `build/python/run.py main.py`, not `python3` or `pip install x`.\n\n1. Then:\n\n   ```console\n   $ build/python/run.py manage.py a \\\n   >   --b\n   python out\n   $ cd services/a && ../../build/python/run.py main.py\n   ```\n\n> ```sh\n> build/python/run.py pytest -q\n> ```\n\n    build/python/run.py tools/gen.py\n\n```python\npython = 'python main.py'\n```\n",
    kinds: "ooooo",
  },
  {
    name: "an environment that people activate and go on in",
    path: "README.md",
    before:
      "```bash\npython3 -m venv venv\nsource venv/bin/activate\n```\n\n```bash\npip install -r requirements.txt\n```\n",
    after:
      "```bash\npython3 build/python/setup.py\nsource build/python/venv/bin/activate\n```\n\n```bash\npython3 build/python/setup.py\n```\n",
    kinds: "ooo",
  },
  {
    name: "whoever clones stands at the root",
    path: "README.md",
    before:
      "```\ngit clone https://example.org/x/y.git\ncd y\npip install -r requirements.txt\npython main.py\n```\n",
    after:
      "```\ngit clone https://example.org/x/y.git\ncd y\npython3 build/python/setup.py\nbuild/python/run.py main.py\n```\n",
    kinds: "oo",
  },
  {
    name: "a document of a service",
    path: "services/a/README.md",
    accounted: ["requirements.txt", "services/a/requirements.txt"],
    before:
      "```bash\npip install -r requirements.txt\npython main.py\n```\n\nFrom the root: `python services/b/main.py`.\n",
    after:
      "```bash\npython3 ../../build/python/setup.py\n../../build/python/run.py main.py\n```\n\nFrom the root: `build/python/run.py services/b/main.py`.\n",
    kinds: "ooo",
  },
  {
    name: "Windows",
    path: "README.md",
    before:
      "```powershell\npython -m venv venv\nvenv\\Scripts\\activate\npip install -r requirements.txt\npython main.py\n```\n",
    after: "```powershell\npython build/python/setup.py\npython build/python/run.py main.py\n```\n",
    kinds: "ooo",
  },
  {
    name: "directives, literal blocks and inline literals",
    path: "docs/index.rst",
    before:
      "Run ``python main.py``.\n\nSo::\n\n    python tools/gen.py\n\n.. code-block:: bash\n   :caption: x\n\n   $ python manage.py a\n   python out\n\n.. code-block:: python\n\n   python main.py\n",
    after:
      "Run ``build/python/run.py main.py``.\n\nSo::\n\n    build/python/run.py tools/gen.py\n\n.. code-block:: bash\n   :caption: x\n\n   $ build/python/run.py manage.py a\n   python out\n\n.. code-block:: python\n\n   python main.py\n",
    kinds: "ooo",
  },
  {
    name: "blocks and inline code",
    path: "docs/a.adoc",
    before:
      "Run `python main.py`.\n\n[source,bash]\n----\npython tools/gen.py\n----\n\n[source,python]\n----\npython main.py\n----\n",
    after:
      "Run `build/python/run.py main.py`.\n\n[source,bash]\n----\nbuild/python/run.py tools/gen.py\n----\n\n[source,python]\n----\npython main.py\n----\n",
    kinds: "oo",
  },
  {
    name: "a fence that is not closed",
    path: "README.md",
    before: "```bash\npython main.py",
    after: "```bash\nbuild/python/run.py main.py",
    kinds: "o",
  },
];
testRows(rows);
