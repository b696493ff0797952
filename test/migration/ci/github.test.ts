import { type Row, testRows } from "../table.ts";

const path = ".github/workflows/ci.yml";
const job = (steps: string, more = "") =>
  `jobs:\n  a:\n    runs-on: ubuntu-latest\n${more}    steps:\n      - uses: actions/checkout@v4\n${steps}`;
const INSTALL = "      - run: pip install -r requirements.txt\n";
const SETUP = "      - run: python build/python/setup.py\n";

const rows: readonly Row[] = [
  {
    name: "a venv that steps make, fill and activate",
    path,
    before: job(
      "      - run: python -m venv venv\n      - name: deps\n        run: |\n          . venv/bin/activate\n          pip install -r requirements.txt\n      - run: |\n          . venv/bin/activate\n          python manage.py test # c\n",
    ),
    after: job(`${SETUP}      - run: |\n          build/python/run.py manage.py test # c\n`),
    kinds: "rrrr",
  },
  {
    name: "quoted and folded texts, with expressions in them",
    path,
    before: job(
      `${INSTALL}      - run: "python main.py --x \\"\${{ github.ref }}\\""\n      - run: 'python main.py --y ''z'''\n      - run: >-\n          python main.py\n          --w \${{ secrets.X }}\n`,
    ),
    after: job(
      `${SETUP}      - run: "build/python/run.py main.py --x \\"\${{ github.ref }}\\""\n      - run: 'build/python/run.py main.py --y ''z'''\n      - run: >-\n          build/python/run.py main.py\n          --w \${{ secrets.X }}\n`,
    ),
    kinds: "rrrr",
  },
  {
    name: "the folders of a matrix",
    path,
    before: job(
      `${INSTALL}      - run: python main.py\n        working-directory: services/\${{ matrix.service }}\n`,
      "    strategy: { matrix: { service: [a, b] } }\n",
    ),
    after: job(
      `${SETUP}      - run: ../../build/python/run.py main.py\n        working-directory: services/\${{ matrix.service }}\n`,
      "    strategy: { matrix: { service: [a, b] } }\n",
    ),
    kinds: "rr",
  },
  {
    name: "a file of each folder of a matrix",
    path,
    accounted: ["services/a/requirements.txt", "services/b/requirements.txt"],
    before: job(
      "      - run: pip install -r services/${{ matrix.s }}/requirements.txt\n      - run: pytest\n",
      "    strategy: { matrix: { s: [a, b] } }\n",
    ),
    after: job(
      `${SETUP}      - run: build/python/run.py pytest\n`,
      "    strategy: { matrix: { s: [a, b] } }\n",
    ),
    kinds: "rr",
  },
  {
    name: "the repository is checked out into a folder",
    path,
    before:
      "jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with: { path: src }\n      - run: pip install -r requirements.txt\n        working-directory: src\n      - run: python main.py\n        working-directory: src/services/a\n",
    after:
      "jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with: { path: src }\n      - run: python build/python/setup.py\n        working-directory: src\n      - run: ../../build/python/run.py main.py\n        working-directory: src/services/a\n",
    kinds: "rr",
  },
  {
    name: "the job works on another repository",
    path,
    before:
      "jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with: { repository: x/y }\n      - run: python main.py\n",
    kinds: "",
  },
  {
    name: "nothing makes the venv: the first call brings setup.py, behind the checkout",
    path,
    before: job("      - name: x # c\n        run: python main.py\n      - run: pytest\n"),
    after: job(
      `${SETUP}      - name: x # c\n        run: build/python/run.py main.py\n      - run: build/python/run.py pytest\n`,
    ),
    kinds: "oo",
  },
  {
    name: "another Python than the central venv's",
    path,
    before: job(
      `      - uses: actions/setup-python@v5\n        with: { python-version: "3.9" }\n${INSTALL}`,
    ),
    after: job(
      `      - uses: actions/setup-python@v5\n        with: { python-version: "3.9" }\n${SETUP}`,
    ),
    kinds: "o",
  },
  {
    name: "several Pythons, from a matrix, a list and a container",
    path,
    before: `jobs:\n  a:\n    strategy: { matrix: { v: ["3.9", "3.11"] } }\n    container: python:\${{ matrix.v }}\n    steps:\n${INSTALL}  b:\n    steps:\n      - uses: actions/setup-python@v5\n        with:\n          python-version: |\n            3.9\n            3.11\n${INSTALL}`,
    kinds: "pp",
    still: ["requirements.txt"],
  },
  {
    name: "a matrix that is computed",
    path,
    before: job(
      `      - uses: actions/setup-python@v5\n        with: { python-version: "\${{ matrix.v }}" }\n${INSTALL}`,
      "    strategy: { matrix: '${{ fromJson(needs.x.outputs.m) }}' }\n",
    ),
    kinds: "p",
    still: ["requirements.txt"],
  },
  {
    name: "a matrix with one Python is one Python",
    path,
    before: job(
      `      - uses: actions/setup-python@v5\n        with: { python-version: "\${{ matrix.v }}" }\n${INSTALL}`,
      "    strategy: { matrix: { v: ['3.11'] } }\n",
    ),
    after: job(
      `      - uses: actions/setup-python@v5\n        with: { python-version: "\${{ matrix.v }}" }\n${SETUP}`,
      "    strategy: { matrix: { v: ['3.11'] } }\n",
    ),
    kinds: "r",
  },
  {
    name: "Conda",
    path,
    before: job(
      `      - uses: conda-incubator/setup-miniconda@v3\n${INSTALL}      - run: python main.py\n`,
    ),
    kinds: "pp",
    still: ["requirements.txt"],
  },
  {
    name: "PowerShell, cmd and bash on Windows",
    path,
    before:
      "jobs:\n  a:\n    runs-on: windows-latest\n    steps:\n      - run: |\n          python -m venv venv\n          .\\venv\\Scripts\\Activate.ps1\n          pip install -r requirements.txt\n          python services\\a\\main.py\n      - shell: cmd\n        run: python main.py\n      - shell: bash\n        run: python main.py\n",
    after:
      "jobs:\n  a:\n    runs-on: windows-latest\n    steps:\n      - run: |\n          python build/python/setup.py\n          python build\\python\\run.py services\\a\\main.py\n      - shell: cmd\n        run: python build/python/run.py main.py\n      - shell: bash\n        run: python build/python/run.py main.py\n",
    kinds: "rrrrr",
  },
  {
    name: "a matrix with a Windows runner",
    path,
    before: `jobs:\n  a:\n    runs-on: \${{ matrix.os }}\n    strategy: { matrix: { os: [ubuntu-latest, windows-latest] } }\n    steps:\n${INSTALL}      - run: python main.py\n`,
    after: `jobs:\n  a:\n    runs-on: \${{ matrix.os }}\n    strategy: { matrix: { os: [ubuntu-latest, windows-latest] } }\n    steps:\n${SETUP}      - run: python build/python/run.py main.py\n`,
    kinds: "rr",
  },
  {
    name: "the venv is made under a condition: that is only offered",
    path,
    before: job(
      "      - if: steps.c.outputs.cache-hit != 'true'\n        run: pip install -r requirements.txt\n      - if: runner.os == 'Linux'\n        run: python main.py\n",
    ),
    after: job(
      "      - if: steps.c.outputs.cache-hit != 'true'\n        run: python build/python/setup.py\n      - if: runner.os == 'Linux'\n        run: build/python/run.py main.py\n",
    ),
    kinds: "oo",
  },
  {
    name: "what a job installs besides stays in its own Python, and so is all only offered",
    path,
    before: job(`${INSTALL}      - run: pip install dist/*.whl\n      - run: pytest\n`),
    after: job(
      `${SETUP}      - run: pip install dist/*.whl\n      - run: build/python/run.py pytest\n`,
    ),
    kinds: "opo",
  },
  {
    name: "a tool that nothing imports stays beside",
    path,
    before: job(`${INSTALL}      - run: pip install twine\n      - run: pytest\n`),
    after: job(`${SETUP}      - run: pip install twine\n      - run: build/python/run.py pytest\n`),
    kinds: "rpr",
  },
  {
    name: "what needs a venv that is only offered is offered with it",
    path,
    before: job("      - run: pip install flake8\n      - run: flake8 .\n"),
    after: job(`${SETUP}      - run: build/python/run.py flake8 --extend-exclude build/python .\n`),
    kinds: "oo",
  },
  {
    name: "a job that publishes",
    path,
    before: job(`${INSTALL}      - run: python manage.py x\n      - run: twine upload dist/*\n`),
    after: job(
      `${SETUP}      - run: build/python/run.py manage.py x\n      - run: twine upload dist/*\n`,
    ),
    kinds: "oo",
  },
  {
    name: "the newest Python, whichever that is",
    path,
    before: job(
      `      - uses: actions/setup-python@v5\n        with: { python-version: 3.x }\n${INSTALL}`,
    ),
    after: job(
      `      - uses: actions/setup-python@v5\n        with: { python-version: 3.x }\n${SETUP}`,
    ),
    kinds: "o",
  },
  {
    name: "a version that a file names",
    path,
    files: { ".python-version": "3.9.1\n" },
    before: job(
      `      - uses: actions/setup-python@v5\n        with: { python-version-file: .python-version }\n${INSTALL}`,
    ),
    after: job(
      `      - uses: actions/setup-python@v5\n        with: { python-version-file: .python-version }\n${SETUP}`,
    ),
    kinds: "o",
  },
  {
    name: "a key of a job that stays stays its own",
    path,
    before: job(
      "      - uses: actions/cache@v4\n        with:\n          key: ${{ hashFiles('requirements.txt') }}\n      - run: docker run x pip install -r requirements.txt\n",
    ),
    after: job(
      "      - uses: actions/cache@v4\n        with:\n          key: ${{ hashFiles('build/python/requirements.txt') }}\n      - run: docker run x pip install -r requirements.txt\n",
    ),
    kinds: "o",
  },
  {
    name: "what hands the new venv on follows it",
    path,
    before: job(
      '      - run: |\n          python -m venv .venv\n          echo "$PWD/.venv/bin" >> $GITHUB_PATH\n      - run: pip install -r requirements.txt\n      - run: pytest\n',
    ),
    after: job(
      '      - run: |\n          python build/python/setup.py\n          echo "$PWD/build/python/venv/bin" >> $GITHUB_PATH\n      - run: build/python/run.py pytest\n',
    ),
    kinds: "rrr",
  },
  {
    name: "what runs in the checkout of another repository is that one's",
    path,
    before: job(
      `      - uses: actions/checkout@v4\n        with: { repository: a/b, path: b }\n${INSTALL}      - run: python main.py\n        working-directory: b\n`,
    ),
    after: job(
      `      - uses: actions/checkout@v4\n        with: { repository: a/b, path: b }\n${SETUP}      - run: python main.py\n        working-directory: b\n`,
    ),
    kinds: "r",
  },
  {
    name: "an action of the repository makes the venv",
    path,
    files: {
      ".github/actions/x/action.yml":
        "runs:\n  using: composite\n  steps:\n    - shell: bash\n      run: pip install -r requirements.txt\n",
    },
    before: job("      - uses: ./.github/actions/x\n      - run: pytest\n"),
    after: job("      - uses: ./.github/actions/x\n      - run: build/python/run.py pytest\n"),
    kinds: "r",
  },
  {
    name: "an action that a job of several Pythons uses",
    path: ".github/actions/x/action.yml",
    files: {
      ".github/workflows/w.yml":
        "jobs:\n  a:\n    strategy: { matrix: { python: ['3.10', '3.11'] } }\n    steps:\n      - uses: ./.github/actions/x\n",
    },
    before:
      "runs:\n  using: composite\n  steps:\n    - shell: bash\n      run: pip install -r requirements.txt\n",
    after:
      "runs:\n  using: composite\n  steps:\n    - shell: bash\n      run: python build/python/setup.py\n",
    kinds: "o",
  },
  {
    name: "an environment of the machine is not the repository's",
    path,
    before: job(
      "      - run: |\n          . /opt/venv/bin/activate\n          pip install -r requirements.txt\n",
    ),
    kinds: "pp",
    still: ["requirements.txt"],
  },
  {
    name: "tox comes from the central venv",
    path,
    before: job(`${INSTALL}      - run: tox -q\n      - run: python -m tox -q\n`),
    after: job(
      `${SETUP}      - run: build/python/run.py tox -q\n      - run: build/python/run.py -m tox -q\n`,
    ),
    kinds: "roo",
  },
  {
    name: "a composite action",
    path: ".github/actions/x/action.yml",
    before: "runs:\n  using: composite\n  steps:\n    - run: python main.py\n      shell: bash\n",
    after:
      "runs:\n  using: composite\n  steps:\n    - run: python build/python/setup.py\n      shell: bash\n    - run: build/python/run.py main.py\n      shell: bash\n",
    kinds: "o",
  },
  {
    name: "keys of caches and paths follow, unless they find the central file as well",
    path,
    before:
      "on:\n  push:\n    paths: ['**/requirements.txt', requirements.txt, 'services/a/**']\njobs:\n  a:\n    steps:\n      - uses: actions/cache@v4\n        with:\n          path: venv\n          key: ${{ hashFiles('requirements.txt') }}-${{ hashFiles('**/requirements.txt') }}\n      - run: pip install -r requirements.txt\n",
    after:
      "on:\n  push:\n    paths: ['**/requirements.txt', build/python/requirements.txt, 'services/a/**']\njobs:\n  a:\n    steps:\n      - uses: actions/cache@v4\n        with:\n          path: build/python/venv\n          key: ${{ hashFiles('build/python/requirements.txt') }}-${{ hashFiles('**/requirements.txt') }}\n      - run: python build/python/setup.py\n",
    kinds: "oorr",
  },
  {
    name: "a path with a variable in it names what it may be",
    path,
    accounted: ["requirements.txt", "services/a/requirements.txt"],
    before: job(
      "      - uses: actions/setup-python@v5\n        with:\n          cache-dependency-path: services/${{ matrix.s }}/requirements.txt # c\n      - run: pip install -r requirements.txt\n",
    ),
    after: job(
      "      - uses: actions/setup-python@v5\n        with:\n          cache-dependency-path: build/python/requirements.txt # c\n      - run: python build/python/setup.py\n",
    ),
    kinds: "rr",
  },
  {
    name: "the environment is handed on",
    path,
    before: job('      - run: echo "$PWD/venv/bin" >> $GITHUB_PATH\n'),
    kinds: "p",
    still: ["venv"],
  },
  {
    name: "what is printed, in a container, or of another language stays",
    path,
    before: job(
      "      - run: echo 'python main.py'\n      - run: docker run x python main.py\n      - shell: python\n        run: print('python main.py')\n      - run: python --version\n",
    ),
    kinds: "",
  },
  {
    name: "a step that others refer to stays a step",
    path,
    before: job(
      "      - id: up\n        run: pip install --upgrade pip\n      - run: pip install -r requirements.txt\n",
    ),
    after: job(
      "      - id: up\n        run: pip install --upgrade pip\n      - run: python build/python/setup.py\n",
    ),
    kinds: "r",
  },
  {
    name: "not valid YAML",
    path,
    before: "jobs:\n  a: [\n    python main.py\n",
    kinds: "p",
  },
  { name: "not valid YAML, and nothing of Python", path, before: "a: [\n", kinds: "" },
  { name: "empty", path, before: "", kinds: "" },
];
testRows(rows);
