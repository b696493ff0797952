import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Locator, Page } from "playwright-core";

/** A VS Code window, as a person sees and uses it. Every verb waits until it can be done. */
export interface Window {
  /** The folder that is open. */
  readonly folder: string;
  /** For what no verb here does. */
  readonly page: Page;
  /** Run a command by its title in the palette. */
  runCommand(title: string): Promise<void>;
  /** Choose the entry of an open list whose label holds `label`. */
  pick(label: string): Promise<void>;
  /** The labels of an open list. */
  picks(): Promise<string[]>;
  /** Type into an open input box and press Enter. */
  answer(text: string): Promise<void>;
  /** Open a file by its path relative to the folder. */
  openFile(path: string): Promise<void>;
  /** Put the cursor on a line (from 1) of the open editor. */
  goToLine(line: number): Promise<void>;
  /** Type into what has the focus. */
  type(text: string): Promise<void>;
  /** Press keys, as Playwright names them ("Control+S"). */
  press(keys: string): Promise<void>;
  /** Click the code lens with that text; the nth of several, from 0. */
  clickCodeLens(text: string, nth?: number): Promise<void>;
  /** The texts of the code lenses in sight. */
  codeLenses(): Promise<string[]>;
  /** The text of One Venv's status-bar item, "" where there is none. */
  statusBar(): Promise<string>;
  /** Wait until One Venv's status-bar item shows that. */
  statusBarShows(expected: string | RegExp, seconds?: number): Promise<void>;
  clickStatusBar(): Promise<void>;
  /** Rest the mouse on One Venv's status-bar item until its tooltip is there, and says that. */
  hoverStatusBar(text?: string): Promise<void>;
  /** What the terminal in sight shows. */
  terminalText(): Promise<string>;
  /** Wait until the terminal in sight shows that. */
  terminalShows(expected: string | RegExp, seconds?: number): Promise<void>;
  /** The texts of the notifications in sight. */
  notifications(): Promise<string[]>;
  /** Click a button of a notification. */
  clickNotification(button: string): Promise<void>;
  /** Click a button in the title of the editor. */
  clickTitle(button: string): Promise<void>;
  /** Click the button in a notification or below its progress that says "Cancel". */
  cancelProgress(): Promise<void>;
  /**
   * Choose the first base Python where a first build asks for one, which it does only where this
   * machine has several; returns once the build runs.
   */
  takeRecommendedPython(): Promise<void>;
  /** The rows of One Venv's list, as `[x] PATH:LINE: why`; brings its view to the front. */
  list(): Promise<string[]>;
  /** Wait until the list has a row that matches, as `list` gives it. */
  listShows(expected: RegExp, seconds?: number): Promise<void>;
  /** Tick a row of the list, or untick it, until it stands as it should. */
  tick(label: string, on: boolean): Promise<void>;
  /** Click a row of the list until what it is about is open: a tab with that title. */
  openRow(label: string, tab: RegExp): Promise<void>;
  /** Click a button in the title of the list. */
  clickListTitle(button: string): Promise<void>;
  /** What an open input box holds. */
  inputValue(): Promise<string>;
  /** Click a button of a modal dialog. */
  clickDialog(button: string): Promise<void>;
  /** Scroll the open editor until that is in sight, and click it. */
  clickInEditor(target: Locator): Promise<void>;
  /** Wait until something in the window shows that text. */
  shows(text: string | RegExp, seconds?: number): Promise<void>;
  /** Keep a picture as `out/screenshots/NAME.png`. */
  screenshot(name: string): Promise<void>;
}

const input = ".quick-input-widget:not([style*='display: none']) input";
const rows = ".quick-input-widget:not([style*='display: none']) .quick-input-list .monaco-list-row";
const listView = ".composite.viewlet[id='workbench.view.extension.oneVenvList'] .pane-body";
const ours = ".statusbar-item[id^='one-venv']";

/** Seconds that anything in a window may take: a machine under load is slow, not wrong. */
const PATIENCE = 120;

/** Open a window on `url` and wait until it can be used. */
export async function openWindow(
  page: Page,
  url: string,
  folder: string,
  pictures: string,
): Promise<Window> {
  page.setDefaultTimeout(PATIENCE * 1000);
  await page.goto(url);
  await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();

  const command = async (key: string, text: string) => {
    // What opens meanwhile may take the focus, and close the input.
    for (let left = 10; ; left--) {
      await closeInput(page);
      await page.keyboard.press(key);
      const filled = page
        .locator(input)
        .fill(text, { timeout: left === 0 ? PATIENCE * 1000 : 3000 });
      if (left === 0) await filled;
      if (await succeeds(filled)) return page.locator(rows);
    }
  };
  const statusBar = async () => oneLine(await texts(page.locator(ours)));
  const terminalText = async () => {
    const lines = await texts(page.locator(".terminal-wrapper.active .xterm-rows > div"));
    return lines
      .map((line) => line.replaceAll("\u00a0", " ").trimEnd())
      .join("\n")
      .trimEnd();
  };
  /** The view may be hidden, or another one in its place: it is asked for each time. */
  const showList = async () => {
    const seen = async () => (await page.locator(listView).isVisible()) === true;
    for (let left = 10; !(await seen()); left--) {
      if (left === 0) throw new Error("One Venv's list is not there");
      const found = await command("F1", `>One Venv: Focus on`);
      const row = found.filter({ hasText: "View" }).first();
      await row.click({ timeout: 2000 }).catch(() => undefined);
      await page
        .locator(listView)
        .waitFor({ timeout: 2000 })
        .catch(() => undefined);
    }
  };
  const list = async () => {
    await showList();
    const found = await page.locator(`${listView} .monaco-list-row`).all();
    return await Promise.all(found.map((row) => rowText(row).catch(() => "")));
  };
  const listRow = async (label: string) => {
    await showList();
    return page.locator(
      `${listView} .monaco-list-row[aria-label^=${JSON.stringify(`${label}: `)}]`,
    );
  };
  return {
    folder,
    page,
    async runCommand(title) {
      // The palette lists what can be run when it opens; an extension may just be waking up.
      for (let left = 10; ; left--) {
        const found = await command("F1", `>${title}`);
        const row = found.filter({ has: page.getByText(title, { exact: true }) }).first();
        const isThere = await succeeds(row.waitFor({ timeout: 5000 }));
        if (isThere && (await succeeds(row.click({ timeout: 5000 })))) return;
        if (left === 0) throw new Error(`the palette has no "${title}"`);
      }
    },
    async pick(label) {
      await page.locator(rows).filter({ hasText: label }).first().click();
    },
    async picks() {
      await page.locator(rows).first().waitFor();
      return await texts(page.locator(`${rows} .label-name`));
    },
    async answer(text) {
      await page.locator(input).fill(text);
      await page.keyboard.press("Enter");
    },
    async openFile(path) {
      const tab = page.locator(`.tab.active[data-resource-name="${basename(path)}"]`);
      for (let left = 10; ; left--) {
        const found = (await command("Control+P", path)).filter({ hasText: basename(path) });
        if (await succeeds(found.first().waitFor({ timeout: 10_000 }))) {
          await page.keyboard.press("Enter");
          if (await succeeds(tab.waitFor({ timeout: 10_000 }))) break;
        }
        if (left === 0) throw new Error(`${path} does not open`);
      }
      await page.locator(".editor-instance .view-lines").first().waitFor();
    },
    async goToLine(line) {
      const there = page.getByText(`Ln ${line}, Col`).first();
      for (let left = 10; ; left--) {
        await command("Control+P", `:${line}`);
        await page.keyboard.press("Enter");
        if (await succeeds(there.waitFor({ timeout: 10_000 }))) break;
        if (left === 0) throw new Error(`the cursor is not on line ${line}`);
      }
      await page.locator(input).waitFor({ state: "hidden" });
    },
    type: (text) => page.keyboard.type(text),
    press: (keys) => page.keyboard.press(keys),
    async clickCodeLens(text, nth = 0) {
      await page.locator(".codelens-decoration a").filter({ hasText: text }).nth(nth).click();
    },
    codeLenses: () => texts(page.locator(".codelens-decoration a")),
    statusBar,
    statusBarShows: (expected, seconds) => until(statusBar, expected, seconds),
    async clickStatusBar() {
      await page.locator(`${ours} a`).first().click();
    },
    async hoverStatusBar(text = "One Venv") {
      // A tooltip goes, and is not made anew, when the item changes under the mouse.
      const hover = page.locator(".monaco-hover", { hasText: "One Venv" });
      const shown = hover.filter({ hasText: text }).first();
      for (let left = 15; !(await shown.isVisible()); left--) {
        if (left === 0) throw new Error(`the tooltip does not say "${text}"`);
        await page.mouse.move(700, 300);
        await succeeds(page.locator(`${ours} a`).first().hover({ timeout: 2000 }));
        await succeeds(shown.waitFor({ timeout: 3000 }));
      }
    },
    terminalText,
    terminalShows: (expected, seconds) => until(terminalText, expected, seconds),
    notifications: () => texts(page.locator(".notification-list-item-message")),
    async clickNotification(button) {
      const buttons = page.locator(
        ".notifications-toasts .monaco-button, .notifications-center .monaco-button",
      );
      await buttons.filter({ hasText: button }).first().click();
    },
    async clickTitle(button) {
      await page.locator(`.editor-actions a.action-label[aria-label^="${button}"]`).click();
    },
    async cancelProgress() {
      const button = page.locator(".notification-toast .monaco-button", { hasText: "Cancel" });
      await button.first().waitFor();
      // A click while the toast still comes up may be lost.
      for (let tries = 60; tries > 0 && (await button.count()) > 0; tries--) {
        await button
          .first()
          .click({ timeout: 2000 })
          .catch(() => undefined);
        await page.waitForTimeout(1000);
      }
    },
    async takeRecommendedPython() {
      const building = page.locator(ours, { hasText: "Building central venv" });
      const asked = page.locator(rows, { hasText: "Recommended" });
      await building.or(asked).first().waitFor();
      if (await asked.isVisible()) await asked.click();
      await building.waitFor();
    },
    list,
    listShows: (expected, seconds) =>
      until(async () => (await list()).join("\n"), expected, seconds),
    async tick(label, on) {
      const box = async () =>
        (await listRow(label)).locator(".custom-view-tree-node-item-checkbox");
      const wanted = String(on);
      // The plan answers a tick with a new list: the box is looked at, not counted on.
      for (let left = 20; (await (await box()).getAttribute("aria-checked")) !== wanted; left--) {
        if (left === 0) throw new Error(`${label} cannot be ${on ? "ticked" : "unticked"}`);
        await succeeds((await box()).click({ timeout: 2000 }));
        await sleep(500);
      }
    },
    async openRow(label, tab) {
      const front = page.locator(".tab.active", { hasText: tab });
      for (let left = 10; !(await front.isVisible()); left--) {
        if (left === 0) throw new Error(`a click on ${label} opens no ${tab}`);
        const name = (await listRow(label)).locator(".label-name").first();
        await succeeds(name.click({ timeout: 2000 }));
        await succeeds(front.waitFor({ timeout: 2000 }));
      }
    },
    async clickListTitle(button) {
      const action = page.locator(`.composite.title .action-label[aria-label^="${button}"]`);
      for (let left = 10; ; left--) {
        await showList();
        if (await succeeds(action.click({ timeout: 5000 }))) return;
        if (left === 0) throw new Error(`the list has no button "${button}"`);
      }
    },
    inputValue: () => page.locator(input).inputValue(),
    async clickDialog(button) {
      await page.locator(".monaco-dialog-box .monaco-button").filter({ hasText: button }).click();
    },
    async clickInEditor(target) {
      const area = (await page.locator(".editor-instance").first().boundingBox())!;
      await page.mouse.move(area.x + area.width / 2, area.y + area.height / 2);
      for (let tries = 0; tries < 180; tries++) {
        const box = await target.boundingBox();
        if (box && box.y > area.y + 40 && box.y + box.height < area.y + area.height) break;
        // It may stand above what is in sight: from the top once more.
        if (tries % 60 === 59) await page.mouse.wheel(0, -100_000);
        await page.mouse.wheel(0, box && box.y <= area.y + 40 ? -60 : 60);
        await sleep(50);
      }
      await target.click();
    },
    async shows(text, seconds = PATIENCE) {
      await page
        .getByText(text)
        .first()
        .waitFor({ timeout: seconds * 1000 });
    },
    async screenshot(name) {
      await mkdir(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `${name}.png`), animations: "disabled" });
    },
  };
}

/** An input left open would swallow the next command: all of them share one. */
async function closeInput(page: Page): Promise<void> {
  while (await page.locator(input).isVisible()) {
    await page.keyboard.press("Escape");
    await sleep(50);
  }
}

async function succeeds(gesture: Promise<unknown>): Promise<boolean> {
  return gesture.then(
    () => true,
    () => false,
  );
}

/** A row of the list: `[x]`, `[ ]` or nothing, and what a screen reader says of it. */
async function rowText(row: Locator): Promise<string> {
  return await row.evaluate((element) => {
    const checked = element.querySelector("[role=checkbox]")?.getAttribute("aria-checked");
    const box = checked ? [checked === "true" ? "[x]" : "[ ]"] : [];
    return [...box, element.getAttribute("aria-label")].join(" ").trim();
  });
}

async function texts(locator: Locator): Promise<string[]> {
  return (await locator.allTextContents()).map((text) => text.trim());
}

function oneLine(parts: string[]): string {
  return parts.join(" ").replaceAll(/\s+/g, " ").trim();
}

/** Wait until a text holds or matches what is expected; the error says what it was instead. */
async function until(
  read: () => Promise<string>,
  expected: string | RegExp,
  seconds = PATIENCE,
): Promise<void> {
  const fits = (text: string) =>
    typeof expected === "string" ? text.includes(expected) : expected.test(text);
  const end = Date.now() + seconds * 1000;
  for (let text = await read(); !fits(text); text = await read()) {
    if (Date.now() > end) throw new Error(`after ${seconds} s: not ${expected} but:\n${text}`);
    await sleep(100);
  }
}
