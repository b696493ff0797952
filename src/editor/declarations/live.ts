import * as vscode from "vscode";
import type { Material } from "../../commands/propose.ts";
import { gather, propose } from "../../commands/propose.ts";
import type { Consolidation } from "../../consolidation/consolidate.ts";
import type { Hands } from "../../environment/ground.ts";
import { installedVersions } from "../../environment/installed.ts";
import type { Interpreter } from "../../environment/interpreter.ts";
import { findInterpreter } from "../../environment/interpreter.ts";
import type { Declaration } from "../../requirements/declaration.ts";
import { readText } from "../../requirements/readers/read.ts";
import type { FolderState } from "../folder-state.ts";
import type { Folders } from "../folders.ts";
import type { Log } from "../log.ts";

/** What is declared in a folder as it stands in the editor, unsaved edits included. */
export interface LiveFolder {
  readonly folder: FolderState;
  readonly consolidation: Consolidation;
  /** What the central venv holds, by normalised name. */
  readonly installed: ReadonlyMap<string, string>;
}

/** Keeps the static answer for each folder true while people edit; no network, no resolver. */
export interface LiveDeclarations extends vscode.Disposable {
  readonly onDidChange: vscode.Event<LiveFolder>;
  /** The folder of a file and the declaration at a place in it, if there is one. */
  at(
    uri: vscode.Uri,
    position: vscode.Position,
  ): { live: LiveFolder; declaration: Declaration } | undefined;
  of(uri: vscode.Uri): LiveFolder | undefined;
}

/** Time that typing may rest before the answer is renewed, in milliseconds. */
const REST = 60;

export function createLiveDeclarations(folders: Folders, hands: Hands, log: Log): LiveDeclarations {
  const changed = new vscode.EventEmitter<LiveFolder>();
  const materials = new Map<
    string,
    { material: Material; installed: ReadonlyMap<string, string> }
  >();
  const live = new Map<string, LiveFolder>();
  const timers = new Map<string, NodeJS.Timeout>();

  const renew = (folder: FolderState) => {
    const known = materials.get(folder.root);
    if (!known) return;
    const material = withOpenTexts(known.material);
    const { consolidation } = propose(material, material.decisions, null);
    const next = { folder, consolidation, installed: known.installed };
    live.set(folder.root, next);
    changed.fire(next);
  };
  const interpreters = new Map<string, Interpreter | null>();
  const interpreterFor = async (root: string) => {
    if (!vscode.workspace.isTrusted) return null;
    if (!interpreters.has(root)) interpreters.set(root, (await findInterpreter()).interpreter);
    return interpreters.get(root) ?? null;
  };
  const gatherAgain = async () => {
    for (const folder of folders.all()) {
      try {
        const interpreter = await interpreterFor(folder.root);
        // Nothing but reading: the scan is there already, and git has nothing to say to this.
        const base = { hands, processes: false, importRoots: [] };
        const options = { ...base, scan: folder.scan, interpreter };
        const [material, installed] = await Promise.all([
          gather(folder.root, options),
          installedVersions(folder.root),
        ]);
        materials.set(folder.root, { material, installed });
        renew(folder);
      } catch (error) {
        log.error(`Reading what ${folder.folder.name} declares`, error);
      }
    }
  };
  const typed = ({ document }: vscode.TextDocumentChangeEvent) => {
    const folder = folders.of(document.uri);
    if (!folder || !isSource(folder, document.uri)) return;
    clearTimeout(timers.get(folder.root));
    timers.set(
      folder.root,
      setTimeout(() => renew(folder), REST),
    );
  };
  const subscriptions = [
    changed,
    folders.onDidChange(() => void gatherAgain()),
    vscode.workspace.onDidChangeTextDocument(typed),
    vscode.workspace.onDidCloseTextDocument((document) => {
      const folder = folders.of(document.uri);
      if (folder && isSource(folder, document.uri)) renew(folder);
    }),
  ];
  const of = (uri: vscode.Uri) => {
    const folder = folders.of(uri);
    return folder && live.get(folder.root);
  };
  return {
    onDidChange: changed.event,
    of,
    at: (uri, position) => {
      const found = of(uri);
      const path = found && relativePath(found.folder, uri);
      const entry = found?.consolidation.ledger.find(
        ({ declaration }) => declaration.file === path && holds(declaration, position),
      );
      return found && entry ? { live: found, declaration: entry.declaration } : undefined;
    },
    dispose: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      vscode.Disposable.from(...subscriptions).dispose();
    },
  };
}

/** The material with the texts of open documents in place of what is on disk. */
function withOpenTexts(material: Material): Material {
  const dirty = vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && uri.scheme === "file",
  );
  if (dirty.length === 0) return material;
  const texts = new Map(dirty.map((document) => [document.uri.fsPath, document.getText()]));
  const sources = material.sources.map((source) => {
    const text = texts.get(vscode.Uri.file(`${material.root}/${source.path}`).fsPath);
    return text === undefined ? source : { ...source, reading: readText(source.path, text) };
  });
  return { ...material, sources };
}

function isSource(folder: FolderState, uri: vscode.Uri): boolean {
  const path = relativePath(folder, uri);
  return folder.scan.sources.some((source) => source.path === path);
}

export function relativePath({ root }: FolderState, uri: vscode.Uri): string {
  return uri.fsPath.slice(root.length + 1).replaceAll("\\", "/");
}

function holds({ span }: Declaration, { line, character }: vscode.Position): boolean {
  const [at, column] = [line + 1, character + 1];
  const afterStart = at > span.line || (at === span.line && column >= span.column);
  return afterStart && (at < span.endLine || (at === span.endLine && column <= span.endColumn));
}
