import assert from "node:assert/strict";
import { test } from "node:test";
import { dockerfileSites } from "../../src/migration/docker/dockerfile.ts";
import { dockerignoreSites } from "../../src/migration/docker/dockerignore.ts";
import { withEdits } from "../../src/migration/edit.ts";
import { inputOf } from "./input.ts";

interface Case {
  readonly name: string;
  readonly path?: string;
  readonly accounted?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly before: string;
  /** Null: nothing is edited, and every accounted source is named by a report. */
  readonly after: string | null;
  readonly creates?: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: "a target file keeps its name",
    before:
      "FROM python:3.11\nCOPY requirements.txt /tmp/req.txt\nRUN pip install -r /tmp/req.txt\n",
    after:
      "FROM python:3.11\nCOPY requirements.lock /tmp/req.txt\nRUN pip install -r /tmp/req.txt\n",
  },
  {
    name: "a folder that has no slash",
    before:
      "FROM python:3.11\nWORKDIR /app\nCOPY requirements.txt /app\nRUN pip install -r requirements.txt\n",
    after:
      "FROM python:3.11\nWORKDIR /app\nCOPY requirements.lock /app\nRUN pip install -r requirements.lock\n",
  },
  {
    name: "only the whole context is copied",
    before: "FROM python:3.11\nCOPY . /app\nRUN cd /app && pip install -r requirements.txt\n",
    after: "FROM python:3.11\nCOPY . /app\nRUN cd /app && pip install -r requirements.lock\n",
  },
  {
    name: "JSON form, continuation with a comment, upgraded pip, rm",
    before:
      'FROM python:3.11\nCOPY ["requirements.txt", "main.py", "/x/"]\nRUN pip3 install -U pip \\\n # why\n  && python -m pip install --no-cache-dir --requirement=/x/requirements.txt; rm -f /x/requirements.txt\n',
    after:
      'FROM python:3.11\nCOPY ["requirements.lock", "main.py", "/x/"]\nRUN pip3 install -U pip \\\n # why\n  && python -m pip install --no-cache-dir --requirement=/x/requirements.lock; rm -f /x/requirements.lock\n',
  },
  {
    name: "two stages",
    before:
      "FROM python:3.11 AS build\nWORKDIR /b\nCOPY requirements.txt .\nRUN pip wheel -r requirements.txt -w /w\nFROM python:3.11-slim\nCOPY --from=build /b/requirements.txt .\nRUN pip install --no-index -f /w -r requirements.txt\n",
    after:
      "FROM python:3.11 AS build\nWORKDIR /b\nCOPY requirements.lock .\nRUN pip wheel -r requirements.lock -w /w\nFROM python:3.11-slim\nCOPY --from=build /b/requirements.lock .\nRUN pip install --no-index -f /w -r requirements.lock\n",
  },
  {
    name: "a file that is mounted",
    before:
      "FROM python:3.11\nRUN --mount=type=cache,target=/var/cache/pip --mount=type=bind,source=requirements.txt,target=/r.txt pip install -r /r.txt\n",
    after:
      "FROM python:3.11\nRUN --mount=type=cache,target=/var/cache/pip --mount=type=bind,source=requirements.lock,target=/r.txt pip install -r /r.txt\n",
  },
  {
    name: "a here-document, CRLF",
    before:
      'FROM python:3.11\r\nCOPY requirements.txt ./\r\nRUN <<EOF\r\napt-get update\r\npip install -r requirements.txt\r\nEOF\r\nCMD ["python", "main.py"]\r\n',
    after:
      'FROM python:3.11\r\nCOPY requirements.lock ./\r\nRUN <<EOF\r\napt-get update\r\npip install -r requirements.lock\r\nEOF\r\nCMD ["python", "main.py"]\r\n',
  },
  {
    name: "two sources of one project become its one lock",
    accounted: ["services/a/requirements.txt", "services/a/requirements-dev.txt"],
    before:
      "FROM python:3.11\nCOPY requirements.txt requirements-dev.txt ./\nRUN pip install -r requirements.txt -r requirements-dev.txt\n",
    after: "FROM python:3.11\nCOPY requirements.lock ./\nRUN pip install -r requirements.lock\n",
  },
  {
    name: "an included file needs no copy any more",
    accounted: ["services/a/requirements.txt", "services/a/base.txt"],
    files: { "services/a/requirements.txt": "-r base.txt\n", "services/a/base.txt": "flask\n" },
    before:
      "FROM python:3.11\nCOPY base.txt requirements.txt ./\nRUN pip install -r requirements.txt\n",
    after: "FROM python:3.11\nCOPY requirements.lock ./\nRUN pip install -r requirements.lock\n",
  },
  {
    name: "the folder above is the context, where the file is",
    path: "services/a/docker/Dockerfile",
    before: "FROM python:3.11\nADD requirements.txt /\nRUN pip install -r /requirements.txt\n",
    after: "FROM python:3.11\nADD requirements.lock /\nRUN pip install -r /requirements.lock\n",
  },
  {
    name: "a folder is copied",
    path: "Dockerfile",
    before: "FROM python:3.11\nCOPY services/ /srv/\nRUN pip install -r /srv/a/requirements.txt\n",
    after: "FROM python:3.11\nCOPY services/ /srv/\nRUN pip install -r /srv/a/requirements.lock\n",
  },
  {
    name: "a folder named requirements belongs to the project above",
    accounted: ["services/a/requirements/prod.txt"],
    before:
      "FROM python:3.11\nCOPY requirements/prod.txt requirements/\nRUN pip install -r requirements/prod.txt\n",
    after:
      "FROM python:3.11\nCOPY requirements/requirements.lock requirements/\nRUN pip install -r requirements/requirements.lock\n",
    creates: ["services/a/requirements/requirements.lock"],
  },
  {
    name: "hashes refuse a package beside them",
    before:
      "FROM python:3.11\nCOPY requirements.txt .\nRUN pip install -r requirements.txt gunicorn\n",
    after: null,
  },
  {
    name: "what else is done with the file is not known",
    before:
      "FROM python:3.11\nCOPY requirements.txt .\nRUN grep -v torch requirements.txt > r.txt && pip install -r requirements.txt\n",
    after: null,
  },
  {
    name: "a file that nothing accounts for, beside it",
    files: { "services/a/other.txt": "x\n" },
    before:
      "FROM python:3.11\nCOPY requirements.txt other.txt ./\nRUN pip install -r requirements.txt -r other.txt\n",
    after: null,
  },
  {
    name: "copied, and installed by something else",
    before: "FROM python:3.11\nCOPY requirements.txt setup.py ./\nRUN pip install .\n",
    after: null,
  },
  {
    name: "a pattern",
    before: "FROM python:3.11\nCOPY requirements*.txt ./\nRUN pip install -r requirements.txt\n",
    after: null,
  },
  {
    name: "a lock of somebody else is there",
    files: { "services/a/requirements.lock": "flask==1\n" },
    before: "FROM python:3.11\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n",
    after: null,
  },
];

for (const {
  name,
  path = "services/a/Dockerfile",
  accounted,
  files,
  before,
  after,
  creates,
} of cases) {
  test(`Dockerfile: ${name}`, () => {
    const sources = new Set(accounted ?? ["services/a/requirements.txt"]);
    const input = inputOf(
      { [path]: before, "services/a/main.py": "", ...files },
      { accounted: sources },
    );
    const sites = dockerfileSites(path, before, input);
    const done = withEdits(
      before,
      sites.flatMap(({ edits }) => edits),
    );
    assert.equal(done, after ?? before);
    const named = new Set(sites.flatMap(({ names }) => names));
    assert.deepEqual(named, sources);
    const still = new Set(sites.flatMap(({ stillNames }) => stillNames));
    assert.deepEqual(still, after === null ? sources : new Set());
    const locks = sites.flatMap((site) => site.creates);
    const made = after === null ? [] : (creates ?? ["services/a/requirements.lock"]);
    assert.deepEqual(
      locks.map((lock) => lock.path),
      made,
    );
    for (const lock of locks) assert.equal(lock.project, "services/a");
    assert.deepEqual(
      sites.map(({ kind }) => kind === "report"),
      sites.map(() => after === null),
    );
    if (after !== null)
      assert.deepEqual(
        dockerfileSites(path, done, inputOf({ [path]: done }, { accounted: sources })),
        [],
      );
  });
}

test("where two contexts fit, the nearest is the one", () => {
  const before = "FROM python:3.11\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n";
  const accounted = new Set(["requirements.txt", "services/a/requirements.txt"]);
  const [site] = dockerfileSites(
    "services/a/docker/Dockerfile",
    before,
    inputOf({}, { accounted }),
  );
  assert.deepEqual(site!.creates, [
    { path: "services/a/requirements.lock", project: "services/a" },
  ]);
});

test("an image of another Python says so", () => {
  const before =
    "ARG V=3.8\nFROM python:$V-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n";
  const accounted = new Set(["requirements.txt"]);
  const [site] = dockerfileSites("Dockerfile", before, inputOf({}, { accounted }));
  assert.match(site!.reason, /Python 3\.8.*3\.11/);
  assert.deepEqual(site!.creates, [{ path: "requirements.lock", project: "." }]);
});

const ignoring: readonly [string, string, string, string, string | null][] = [
  [
    "a root context",
    ".dockerignore",
    "Dockerfile",
    "COPY . /app",
    ".git\nvenv/\nbuild/python/venv/\n",
  ],
  ["CRLF", ".dockerignore", "Dockerfile", "ADD ./ /app", ".git\r\nvenv\r\nbuild/python/venv/\r\n"],
  ["no line end", ".dockerignore", "Dockerfile", "COPY build /app", "venv\nbuild/python/venv/"],
  [
    "one file's own",
    "a.Dockerfile.dockerignore",
    "a.Dockerfile",
    "COPY . .",
    "x\nbuild/python/venv/\n",
  ],
  [
    "a folder further down, built from the root",
    ".dockerignore",
    "docker/Dockerfile",
    "COPY main.py /\nCOPY . .",
    "x\nbuild/python/venv/\n",
  ],
  ["left out by name", ".dockerignore", "Dockerfile", "COPY . .", null],
  ["a service's context", ".dockerignore", "services/a/Dockerfile", "COPY . .", null],
  ["only some files", ".dockerignore", "Dockerfile", "COPY main.py /", null],
  ["from another stage", ".dockerignore", "Dockerfile", "COPY --from=x . .", null],
];
for (const [name, path, dockerfile, copies, after] of ignoring) {
  const own =
    name === "left out by name" ? ["build/", "**/venv", "*", "build/python/venv"] : [null];
  for (const line of own) {
    test(`.dockerignore: ${name} ${line ?? ""}`, () => {
      const before =
        line !== null
          ? `${line}\n`
          : (after?.replace(/(\r?\n)?build\/python\/venv\/(\r?\n)?$/, (_, a, b) =>
              b === undefined ? "" : (a ?? ""),
            ) ?? "x\n");
      const files = {
        [path]: before,
        [dockerfile]: `FROM python:3.11\n${copies}\n`,
        "main.py": "",
      };
      const sites = dockerignoreSites(path, before, inputOf(files));
      assert.equal(
        withEdits(
          before,
          sites.flatMap(({ edits }) => edits),
        ),
        after ?? before,
      );
      assert.equal(sites.length, after === null ? 0 : 1);
    });
  }
}
