import * as vscode from "vscode";
import { askerOf, otherPythons } from "../commands/asking.ts";
import { resolvePlan } from "../commands/resolve.ts";
import { suggestForAll } from "../commands/suggest.ts";
import type { Log } from "./log.ts";
import type { Review } from "./review.ts";

/**
 * Asks uv or pip about the plan under review: what they find stands on the lines as threads, and
 * the smallest changes that mend it are proved and added as they are found. May be cancelled; the
 * answers so far stay.
 */
export async function askResolver(review: Review, log: Log): Promise<void> {
  const { consolidation } = review.proposal();
  const material = review.material();
  const title = "One Venv: asking the resolver";
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  await vscode.window.withProgress(options, async (progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort(new vscode.CancellationError()));
    const onProgress = (message: string) => progress.report({ message });
    const { tool, findings, pins } = await resolvePlan(
      consolidation,
      askerOf(material, consolidation, stop.signal),
      onProgress,
    );
    for (const { words } of findings) log.output(words.text);
    review.setFindings(findings);
    if (findings.length === 0) {
      void vscode.window.showInformationMessage(
        `${tool} resolves it: ${pins.length} packages. Apply writes it.`,
      );
      return;
    }
    const limit = AbortSignal.any([stop.signal, AbortSignal.timeout(suggestionTime())]);
    const asking = {
      ask: askerOf(material, consolidation, limit),
      pythons: await otherPythons(material),
      signal: limit,
      onProgress,
    };
    await suggestForAll(consolidation, findings, asking, review.setFindings);
  });
}

/** Time for proving suggestions, in milliseconds. */
function suggestionTime(): number {
  return vscode.workspace.getConfiguration("oneVenv").get("suggestionSeconds", 60) * 1000;
}
