import { rename, writeFile } from "node:fs/promises";
import type { Page } from "playwright-core";

/** What a window shows that tests inside the extension host cannot see for themselves. */
export interface Shown {
  /** The text of One Venv's status-bar item, "" where there is none. */
  readonly statusBar: string;
  readonly notifications: readonly string[];
  /** The rows of an open list. */
  readonly picks: readonly string[];
  /** The rows of One Venv's list in the side bar. */
  readonly list: readonly string[];
}

const selectors = {
  statusBar: ".statusbar-item[id^='one-venv']",
  // VS Code keeps the rows of a list that it emptied and hid.
  notifications: ".notification-list-item-message:visible",
  picks: ".quick-input-widget:not([style*='display: none']) .quick-input-list .monaco-list-row",
  list: "[id='workbench.view.extension.oneVenvList'] .monaco-list-row",
};

/** Writes what the window shows into a file, again and again until it is stopped. */
export function watchWindow(page: Page, file: string): { stop(): void } {
  let stopped = false;
  const watch = async () => {
    while (!stopped) {
      const [bar = [], notifications = [], picks = [], list = []] = await Promise.all(
        Object.values(selectors).map((selector) => page.locator(selector).allTextContents()),
      );
      const shown: Shown = { statusBar: bar.join(" ").trim(), notifications, picks, list };
      // Whole at once, as a test may be reading.
      await writeFile(`${file}.part`, JSON.stringify(shown));
      await rename(`${file}.part`, file);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  // The page may be gone, or on its way to another address, before it is stopped.
  const again = () => {
    if (!stopped) setTimeout(() => watch().catch(again), 200);
  };
  watch().catch(again);
  return {
    stop: () => {
      stopped = true;
    },
  };
}
