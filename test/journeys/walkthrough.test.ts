import { mendedExample } from "../prepared.ts";
import { journey } from "./journey.ts";

journey(
  "the steps of the walkthrough complete themselves, by what a look finds",
  async (window) => {
    const { page } = window;
    const step = (title: string, done: boolean) =>
      page
        .locator(".getting-started-step", { hasText: title })
        .locator(done ? ".codicon.complete" : ".codicon:not(.complete)")
        .first()
        .waitFor({ timeout: 400_000 });
    await window.statusBarShows("No central venv");
    await window.runCommand("One Venv: Open Walkthrough");
    await window.shows("From many venvs to one");
    await step("Consolidate the requirements", true);
    await step("Build the central venv", false);
    await step("Move the call sites", false);
    await window.screenshot("walkthrough");
    await window.runCommand("One Venv: Build Central Venv");
    await window.takeRecommendedPython();
    await step("Build the central venv", true);
    await step("Move the call sites", false);
  },
  { fill: mendedExample },
);
