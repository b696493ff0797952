import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { after } from "node:test";
import { commitAll } from "../../scripts/example.ts";
import { findInterpreter } from "../../src/environment/interpreter.ts";
import { pythons } from "../python/pythons.ts";
import { journey } from "./journey.ts";
import type { Window } from "./window.ts";

const CENTRAL = "build/python/requirements.txt";
const DECISIONS = "build/python/decisions.json";

/** Fills the folder with a git repository of these files. */
const repository = (files: Record<string, string>) => async (folder: string) => {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await commitAll(folder, "As it stands");
};

const written = (window: Window, path: string) => readFile(join(window.folder, path), "utf8");

journey(
  "cpu and gpu files are alternatives: one click keeps one, and the reason is written down",
  async (window) => {
    await window.statusBarShows("requirement sources, no central venv");
    await window.runCommand("One Venv: Consolidate Requirements");
    await window.shows("torch: to decide");
    await window.shows(/are alternatives, and one venv can hold one of them/);
    await window.screenshot("alternatives");
    const thread = window.page.locator(".review-widget", { hasText: "torch: to decide" });
    const keep = "Keep services/vision/requirements-gpu.txt";
    await window.clickInEditor(thread.locator("a", { hasText: keep }));
    await thread.waitFor({ state: "detached" });
    await window.shows("torch==2.1.0+cu118  # services/vision");
    // A second thought: what was left out is taken back in from the first line, and left out again.
    await window.runCommand("Comments: Focus on Comments View");
    await window.page
      .locator(".comments-panel .monaco-list-row", { hasText: "is left out" })
      .click();
    const back = window.page.locator(".review-widget a", { hasText: "Take it back in" });
    await window.clickInEditor(back);
    await thread.waitFor();
    await window.clickInEditor(thread.locator("a", { hasText: keep }));
    await thread.waitFor({ state: "detached" });
    await window.runCommand("One Venv: Apply");
    await window.shows("The requirements are consolidated");
    const { leftOut } = JSON.parse(await written(window, DECISIONS));
    assert.deepEqual(leftOut, [
      {
        path: "services/vision/requirements-cpu.txt",
        reason: "the cpu variant: an alternative to services/vision/requirements-gpu.txt",
      },
    ]);
  },
  {
    fill: repository({
      "services/vision/requirements-cpu.txt": "torch==2.1.0+cpu\ntorchvision==0.16.0+cpu\n",
      "services/vision/requirements-gpu.txt": "torch==2.1.0+cu118\ntorchvision==0.16.0+cu118\n",
      "services/speech/requirements.txt": "flask==3.0.0\n",
    }),
  },
);

journey(
  "without the mouse: conflicts decided, a file left out with a reason, applied",
  async (window) => {
    const { page } = window;
    const rows = page.locator(".quick-input-widget .quick-input-list .monaco-list-row");
    /** Goes down to the entry of the list that is open, and takes it. */
    const choose = async (label: string) => {
      const row = rows.and(page.locator(`[aria-label^="${label}"]`)).first();
      await row.waitFor();
      for (let left = 40; left > 0; left--) {
        if (/\bfocused\b/.test((await row.getAttribute("class")) ?? "")) {
          await page.keyboard.press("Enter");
          return await row.waitFor({ state: "hidden" });
        }
        await page.keyboard.press("ArrowDown");
      }
      throw new Error(`"${label}" cannot be reached`);
    };
    const run = async (title: string) => {
      const entry = rows.and(page.locator(`[aria-label^="One Venv: ${title}"]`)).first();
      // The palette lists what can be run when it opens: it is opened until that is in it.
      for (let left = 10; left > 0 && !(await entry.isVisible()); left--) {
        await page.keyboard.press("Escape");
        await page.keyboard.press("F1");
        const input = page.locator(".quick-input-widget input").first();
        await input.waitFor();
        while ((await input.inputValue()) !== `>One Venv: ${title}`) {
          await page.keyboard.press("Control+A");
          await page.keyboard.type(`>One Venv: ${title}`);
        }
        await entry.waitFor({ timeout: 5000 }).catch(() => undefined);
      }
      await choose(`One Venv: ${title}`);
    };
    await window.statusBarShows("requirement sources, no central venv");
    await run("Consolidate Requirements");
    await window.shows("flask: to decide");
    await run("Decide a Conflict…");
    await choose("flask");
    await choose("Highest");
    await window.shows("flask==3.0.0  # a, b");
    await run("Decide a Conflict…");
    await choose("Leave b/requirements.txt out…");
    await choose("b/requirements.txt");
    await window.shows("Why? The reason is kept in decisions.json.");
    await window.type("only tried once");
    await window.press("Enter");
    await window.shows("six==1.16.0  # a");
    await window.screenshot("keyboard");
    await run("Apply");
    await window.shows("The requirements are consolidated");
    assert.match(await written(window, CENTRAL), /^flask==2\.0\.0 {2}# a$/m);
    const { leftOut } = JSON.parse(await written(window, DECISIONS));
    assert.deepEqual(leftOut, [{ path: "b/requirements.txt", reason: "only tried once" }]);
  },
  {
    fill: repository({
      "a/requirements.txt": "flask==2.0.0\nsix==1.16.0\n",
      "b/requirements.txt": "flask==3.0.0\nsix==1.15.0\n",
      "b/requirements-dev.txt": "idna==3.7\n",
    }),
  },
);

const usual = (await findInterpreter()).interpreter!.version.split(".").slice(0, 2).join(".");
const other = (await pythons()).find(({ version }) => version.join(".") !== usual);
const wanted = other?.version.join(".") ?? "";

/**
 * A stand-in for uv, whose real answers take an index: an sdist that builds with older setuptools
 * only, and, where this machine has a second Python, a release that has wheels for that one only.
 */
function standIn(): string {
  const folder = mkdtempSync(join(tmpdir(), "ov-uv-"));
  const wheels = `hint: we only found wheels for \\\`torch\\\` (v2.1.0) with the following Python ABI tags: \\\`cp${wanted.replace(".", "")}\\\``;
  writeFileSync(
    join(folder, "uv"),
    `#!/bin/sh
[ "$1" = --version ] && { echo "uv 9.9.9"; exit; }
while [ $# -gt 0 ]; do
  case "$1" in
    --python) python=$2; shift ;;
    --output-file) out=$2; shift ;;
    --build-constraints) builds=$2; shift ;;
    -*) ;;
    *) [ -z "$file" ] && [ -f "$1" ] && file=$1 ;;
  esac
  shift
done
[ -f "$(dirname "$0")/hang" ] && exec sleep 300
[ -f "$(dirname "$0")/die" ] && kill -9 $$
if grep -q "^old-sdist==1" "$file" && ! grep -q "setuptools<80" "$builds" /dev/null; then
  echo "error: Failed to build \\\`old-sdist==1.0\\\`" >&2
  echo "  ModuleNotFoundError: No module named 'pkg_resources'" >&2
  exit 1
fi
if grep -q "^torch==2.1.0" "$file" && [ "$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')" != "${wanted}" ]; then
  echo "error: No solution found when resolving dependencies" >&2
  echo "  cause: Because torch==2.1.0 has no wheels with a matching Python ABI tag and you require torch==2.1.0, we can conclude that your requirements are unsatisfiable." >&2
  echo "" >&2
  echo "${wheels}" >&2
  exit 1
fi
sed -n 's/^\\([A-Za-z][A-Za-z0-9-]*\\).*/\\1==1.0/p' "$file" >"$out"
`,
  );
  chmodSync(join(folder, "uv"), 0o755);
  after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

// VS Code would ask the login shell for its own PATH, unless it is started from a terminal.
process.env.VSCODE_CLI = "1";
const resolver = standIn();
process.env.PATH = `${resolver}${delimiter}${process.env.PATH}`;

journey(
  "an sdist that cannot be built and a pin without wheels are each mended by one click",
  async (window) => {
    const { page } = window;
    const fix = async (text: string) => {
      await window.shows(text, 400);
      const link = page.locator(".review-widget li", { hasText: text }).locator("a").first();
      await window.clickInEditor(link);
      await page.locator(".review-widget li", { hasText: text }).waitFor({ state: "detached" });
    };
    await window.statusBarShows("requirement sources, no central venv");
    await window.runCommand("One Venv: Consolidate Requirements");
    await window.shows("old-sdist==1.0  # b");
    await window.runCommand("One Venv: Ask the Resolver");
    await window.shows("old-sdist: found by the resolver", 400);
    await window.shows(/build old-sdist with setuptools<80/, 400);
    await window.screenshot("build-constraint");
    await fix("build old-sdist with setuptools<80");
    if (other) {
      await window.shows(/which has wheels for Python .* only; the base Python is/);
      // The one thing that is left to decide, without the mouse.
      await window.shows(`take Python ${wanted} as the base Python`);
      await window.runCommand("One Venv: Decide a Conflict…");
      await window.pick(`take Python ${wanted} as the base Python`);
      await page.getByText("torch: found by the resolver").waitFor({ state: "detached" });
    }
    await window.runCommand("One Venv: Ask the Resolver");
    await window.shows(/resolves it: \d packages/, 400);
    await window.runCommand("One Venv: Apply");
    await window.shows("The requirements are consolidated");
    const decisions = JSON.parse(await written(window, DECISIONS));
    assert.deepEqual(decisions.buildConstraints, ["setuptools<80"]);
    assert.equal(decisions.python, other ? wanted : usual);
    assert.match(await written(window, "build/python/build-constraints.txt"), /^setuptools<80$/m);
  },
  {
    fill: repository({
      "a/requirements.txt": other ? "torch==2.1.0\n" : "torch>=2\n",
      "b/requirements.txt": "old-sdist==1.0\n",
    }),
    settings: { "oneVenv.suggestionSeconds": 600 },
  },
);

journey(
  "a resolver that dies or hangs: what is unknown is said, and the static answers stay",
  async (window) => {
    const { page } = window;
    await window.statusBarShows("requirement sources, no central venv");
    await window.runCommand("One Venv: Consolidate Requirements");
    await window.shows("flask: to decide");
    await writeFile(join(resolver, "die"), "");
    await window.runCommand("One Venv: Ask the Resolver");
    await window.shows("The resolver gave no answer", 400);
    await window.shows(/what the files alone say stands/);
    await window.screenshot("resolver-dies");
    await rm(join(resolver, "die"));
    await writeFile(join(resolver, "hang"), "");
    await window.runCommand("One Venv: Ask the Resolver");
    await window.shows("One Venv: asking the resolver");
    await window.cancelProgress();
    const asking = page.locator(".notification-toast", { hasText: "asking the resolver" });
    await asking.waitFor({ state: "detached" });
    await rm(join(resolver, "hang"));
    await window.shows("flask: to decide");
    const thread = page.locator(".review-widget", { hasText: "flask: to decide" });
    await window.clickInEditor(thread.locator("a", { hasText: "Highest" }));
    await thread.waitFor({ state: "detached" });
    await window.runCommand("One Venv: Apply");
    await window.shows("The requirements are consolidated");
    assert.match(await written(window, CENTRAL), /^flask==3\.0\.0 {2}# a, b$/m);
  },
  {
    fill: repository({
      "a/requirements.txt": "flask==2.0.0\n",
      "b/requirements.txt": "flask==3.0.0\n",
    }),
  },
);
