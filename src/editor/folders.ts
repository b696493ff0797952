import * as vscode from "vscode";
import type { Health } from "../commands/health.ts";
import { assessHealth } from "../commands/health.ts";
import type { Hands } from "../environment/ground.ts";
import { findRoot } from "../environment/root.ts";
import type { Scan } from "../monorepo/scan.ts";
import { scan } from "../monorepo/scan.ts";
import type { Log } from "./log.ts";
import type { Standing } from "./status-text.ts";
import { applies } from "./status-text.ts";

/** What is known of one workspace folder. */
export interface FolderState extends Standing {
  readonly folder: vscode.WorkspaceFolder;
  /** Where build/python is or would be: the folder, or one above it. */
  readonly root: string;
  readonly scan: Scan;
}

/** The workspace folders and how they stand; kept true by file watchers. */
export interface Folders extends vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  all(): readonly FolderState[];
  /** The folder of a file, if One Venv applies to it. */
  of(uri: vscode.Uri | undefined): FolderState | undefined;
  /** Looks again, at once; resolves when it is known. */
  refresh(): Promise<void>;
  /** Says that a build runs, so that all that shows it shows it. */
  setBuilding(root: string, building: boolean): void;
}

/** What in a folder changes what is declared or built. */
const WATCHED = [
  "**/{*require*,*constraint*}.{txt,in}",
  "**/requirements/*.{txt,in}",
  "**/{pyproject.toml,setup.cfg,setup.py,Pipfile,environment.yml,environment.yaml}",
  "build/python/*",
  "build/python/venv/{pyvenv.cfg,.one-venv.json}",
];

/** Time to wait for a flood of changes (a branch switch) to end, in milliseconds. */
const SETTLE = 300;

export function createFolders(hands: Hands, log: Log): Folders {
  const changed = new vscode.EventEmitter<void>();
  const states = new Map<string, FolderState>();
  const building = new Set<string>();
  let current = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  const publish = () => {
    const known = [...states.values()].some(applies);
    void vscode.commands.executeCommand("setContext", "oneVenv.applies", known);
    changed.fire();
  };
  const look = async (): Promise<void> => {
    current.abort();
    current = new AbortController();
    const { signal } = current;
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(
      ({ uri }) => uri.scheme === "file",
    );
    const found = await Promise.all(
      folders.map((folder) =>
        lookAt(folder, hands, signal).catch((error) =>
          ifNotAborted(signal, () => log.error(`Looking at ${folder.name}`, error)),
        ),
      ),
    );
    if (signal.aborted) return;
    states.clear();
    for (const state of found) if (state) states.set(state.folder.uri.toString(), state);
    publish();
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), SETTLE);
  };
  const withBuilding = (state: FolderState): FolderState => ({
    ...state,
    building: building.has(state.root),
  });

  const watchers = WATCHED.map((pattern) => vscode.workspace.createFileSystemWatcher(pattern));
  const subscriptions = [
    ...watchers.flatMap((watcher) => [
      watcher,
      watcher.onDidCreate(soon),
      watcher.onDidChange(soon),
      watcher.onDidDelete(soon),
    ]),
    vscode.workspace.onDidChangeWorkspaceFolders(soon),
    vscode.workspace.onDidGrantWorkspaceTrust(soon),
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
    refresh: look,
    setBuilding: (root, on) => {
      if (on) building.add(root);
      else building.delete(root);
      publish();
    },
    dispose: () => {
      clearTimeout(timer);
      current.abort();
      vscode.Disposable.from(...subscriptions).dispose();
    },
  };
}

/** Without git first: where One Venv does not apply, it starts no process. */
async function lookAt(
  folder: vscode.WorkspaceFolder,
  hands: Hands,
  signal: AbortSignal,
): Promise<FolderState> {
  const root = await findRoot(folder.uri.fsPath);
  const processes = vscode.workspace.isTrusted;
  const count = (found: Scan) => found.sources.filter(({ role }) => role !== "central").length;
  const first = await scan(root, { git: false, signal });
  const central = first.sources.some(({ role }) => role === "central");
  const health: Health = central
    ? await assessHealth(root, { hands, processes, signal })
    : { state: "not consolidated", reasons: [], report: null };
  const found =
    processes && (central || count(first) >= 2) ? await scan(root, { git: true, signal }) : first;
  return { folder, root, scan: found, sources: count(found), health, building: false };
}

function ifNotAborted(signal: AbortSignal, report: () => void): undefined {
  if (!signal.aborted) report();
  return undefined;
}
