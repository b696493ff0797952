import * as vscode from "vscode";
import type { Left } from "../commands/left.ts";
import { signature } from "../commands/left.ts";
import type { Hands } from "../environment/ground.ts";
import type { FolderState } from "./folder-state.ts";
import type { Folders } from "./folders.ts";
import { findLeft } from "./left-thread.ts";
import type { Log } from "./log.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { watchWalkthrough } from "./way-shown.ts";

/** How far each folder is on the way to one venv, as its files tell. */
export interface Way extends vscode.Disposable {
  /** null: not known (yet), or not consolidated. */
  left(state: FolderState): Left | null;
  readonly onDidChange: vscode.Event<void>;
}

export interface WayParts {
  readonly folders: Folders;
  readonly hands: Hands;
  /** The bundle of `left-worker.ts`. */
  readonly program: string;
  readonly log: Log;
}

interface Known {
  readonly signature: string;
  readonly left: Left;
}

/**
 * Follows the looks at the folders, in the background: what is left is found anew only where a file
 * that says something about it changed. The steps of the walkthrough are context keys, set from that.
 */
export function createWay({ folders, hands, program, log }: WayParts): Way {
  const changed = new vscode.EventEmitter<void>();
  const known = new Map<string, Known>();
  const stop = new AbortController();

  const learn = async ({ root, scan }: FolderState) => {
    const now = await signature(root, scan);
    if (known.get(root)?.signature === now) return;
    const processes = vscode.workspace.isTrusted;
    const left = await findLeft(
      program,
      { root, options: { hands, processes, scan } },
      stop.signal,
    );
    known.set(root, { signature: now, left });
  };
  const follow = oneAtATime(async () => {
    const consolidated = folders.all().filter(isConsolidated);
    const roots = new Set(consolidated.map(({ root }) => root));
    for (const root of known.keys()) if (!roots.has(root)) known.delete(root);
    setSteps(consolidated, known);
    for (const state of consolidated) {
      // A build changes nothing of it, and has the machine to itself.
      if (state.building) continue;
      await learn(state).catch((error) => {
        if (!stop.signal.aborted) log.error(`Looking for what is left in ${state.root}`, error);
      });
    }
    if (stop.signal.aborted) return;
    setSteps(consolidated, known);
    changed.fire();
  });
  const showing = watchWalkthrough();
  const following = folders.onDidChange(() => void follow());
  return {
    left: ({ root }) => known.get(root)?.left ?? null,
    onDidChange: changed.event,
    dispose: () => {
      stop.abort();
      vscode.Disposable.from(following, showing, changed).dispose();
    },
  };
}

function isConsolidated({ health }: FolderState): boolean {
  return health.state !== "not consolidated";
}

/** A step is done where some folder is that far; what is not known yet is not done. */
function setSteps(consolidated: readonly FolderState[], known: ReadonlyMap<string, Known>): void {
  const left = consolidated.flatMap(({ root }) => known.get(root)?.left ?? []);
  const steps = {
    consolidated: consolidated.length > 0,
    built: consolidated.some(({ health }) => (health.report?.built ?? null) !== null),
    migrated: left.some(({ callSites }) => callSites === 0),
    removed: left.some(({ files, environments }) => files + environments === 0),
  };
  for (const [step, done] of Object.entries(steps))
    void vscode.commands.executeCommand("setContext", `oneVenv.${step}`, done);
}
