import * as vscode from "vscode";
import type { Hands } from "../environment/ground.ts";
import { matters } from "./changed-paths.ts";
import type { FolderState } from "./folder-state.ts";
import { lookAt } from "./folder-state.ts";
import type { Log } from "./log.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { applies } from "./status-text.ts";
import { pathFrom, watchFolders, watchHome } from "./watch.ts";

/** The workspace folders and how they stand; kept true by file watchers. */
export interface Folders extends vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  all(): readonly FolderState[];
  /** The folder of a file, if One Venv applies to it. */
  of(uri: vscode.Uri | undefined): FolderState | undefined;
  /** Looks at everything again, at once; resolves when it is known. */
  refresh(): Promise<void>;
  /** Says that a build runs, so that all that shows it shows it. */
  setBuilding(root: string, building: boolean): void;
}

/** Time to wait for a flood of changes (a branch switch) to end, in milliseconds. */
const SETTLE = 300;
/** With more changes than this, looking at everything is quicker. */
const FLOOD = 500;

export function createFolders(hands: Hands, log: Log): Folders {
  const changed = new vscode.EventEmitter<void>();
  const states = new Map<string, FolderState>();
  const homes = new Map<string, vscode.Disposable>();
  const building = new Set<string>();
  const stop = new AbortController();
  const touched = new Map<string, Set<string>>();
  let everything = true;
  let timer: NodeJS.Timeout | undefined;

  const publish = () => {
    const known = [...states.values()].some(applies);
    void vscode.commands.executeCommand("setContext", "oneVenv.applies", known);
    changed.fire();
  };
  const before = (folder: vscode.WorkspaceFolder, anew: boolean) => {
    const state = states.get(folder.uri.toString());
    const paths = state && [...(touched.get(state.root) ?? [])];
    return anew || !state || !paths || paths.length > FLOOD ? null : { state, touched: paths };
  };
  const look = oneAtATime(async () => {
    const anew = everything;
    const folders = localFolders().map((folder) => ({ folder, from: before(folder, anew) }));
    everything = false;
    touched.clear();
    const found = await Promise.all(
      folders.map(({ folder, from }) =>
        lookAt(folder, hands, from, stop.signal).catch((error) => {
          if (!stop.signal.aborted) log.error(`Looking at ${folder.name}`, error);
        }),
      ),
    );
    if (stop.signal.aborted) return;
    states.clear();
    for (const state of found) if (state) states.set(state.folder.uri.toString(), state);
    watchHomes();
    publish();
  });
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), SETTLE);
  };
  const lookAnew = () => {
    everything = true;
    soon();
  };
  const onChange = (uri: vscode.Uri) => {
    const roots = new Set([...states.values()].map(({ root }) => root));
    for (const root of roots) {
      const path = pathFrom(root, uri);
      if (path === null || !matters(path)) continue;
      // A build changes thousands of files, and a look follows it.
      if (building.has(root) && path.startsWith("build/python/venv")) continue;
      touched.set(root, (touched.get(root) ?? new Set()).add(path));
      soon();
    }
    // A folder that could not be read has no state to keep true: it is looked at anew.
    if (localFolders().length > states.size) lookAnew();
  };
  /** Changes in a `build/python` above the opened folder are not told by the workspace's watcher. */
  const watchHomes = () => {
    const above = [...states.values()].filter(({ root, folder }) => root !== folder.uri.fsPath);
    const roots = new Set(above.map(({ root }) => root));
    for (const [root, watcher] of homes) {
      if (roots.has(root)) continue;
      watcher.dispose();
      homes.delete(root);
    }
    for (const root of roots) if (!homes.has(root)) homes.set(root, watchHome(root, onChange));
  };
  const withBuilding = (state: FolderState): FolderState => ({
    ...state,
    building: building.has(state.root),
  });

  const subscriptions = [
    watchFolders(onChange),
    vscode.workspace.onDidChangeWorkspaceFolders(lookAnew),
    vscode.workspace.onDidGrantWorkspaceTrust(lookAnew),
    changed,
  ];
  void look();
  return {
    onDidChange: changed.event,
    all: () => [...states.values()].filter(applies).map(withBuilding),
    of: (uri) => {
      const folder = uri && vscode.workspace.getWorkspaceFolder(uri);
      const state = folder && states.get(folder.uri.toString());
      return state && applies(state) ? withBuilding(state) : undefined;
    },
    refresh: () => {
      everything = true;
      return look();
    },
    setBuilding: (root, on) => {
      if (on) building.add(root);
      else building.delete(root);
      publish();
    },
    dispose: () => {
      clearTimeout(timer);
      stop.abort();
      vscode.Disposable.from(...subscriptions, ...homes.values()).dispose();
    },
  };
}

function localFolders(): vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
}
