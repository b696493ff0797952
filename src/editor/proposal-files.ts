import * as vscode from "vscode";

export const SCHEME = "one-venv";
/** Of a plan that is ticked in a list: it and a consolidation can be under review together. */
export const LIST_SCHEME = "one-venv-list";

/** The two sides of the diff: what planning saw, and what would be there. */
export type Side = "now" | "planned";

/**
 * The files of a proposal: they live in memory and can be typed into like any other, and the
 * disk stays untouched.
 */
export interface ProposalFiles extends vscode.Disposable {
  /** Puts a file up or changes it. */
  put(uri: vscode.Uri, text: string, writable: boolean): void;
  text(uri: vscode.Uri): string;
  clear(): void;
  /** A person's own text was saved into a proposal. */
  readonly onDidType: vscode.Event<vscode.Uri>;
}

interface Kept {
  readonly bytes: Uint8Array;
  readonly time: number;
  readonly writable: boolean;
}

/**
 * The address of a proposal's file; `path` is what the diff shows of it. Both sides of a row have
 * the same path, or VS Code takes the file for renamed.
 */
export function proposalUri(side: Side, path: string, scheme = SCHEME): vscode.Uri {
  return vscode.Uri.from({ scheme, authority: side, path: `/${path}` });
}

export function createProposalFiles(scheme = SCHEME): ProposalFiles {
  const files = new Map<string, Kept>();
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const typed = new vscode.EventEmitter<vscode.Uri>();
  const find = (uri: vscode.Uri): Kept => {
    const kept = files.get(uri.toString());
    if (!kept) throw vscode.FileSystemError.FileNotFound(uri);
    return kept;
  };
  const set = (uri: vscode.Uri, bytes: Uint8Array, writable: boolean) => {
    // Later than before in any case, or VS Code would not read it again.
    const time = Math.max(Date.now(), (files.get(uri.toString())?.time ?? 0) + 1);
    files.set(uri.toString(), { bytes, writable, time });
    changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  };
  const refuse = (uri: vscode.Uri): never => {
    throw vscode.FileSystemError.NoPermissions(uri);
  };
  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: (uri) => {
      const { bytes, time, writable } = find(uri);
      const base = { type: vscode.FileType.File, ctime: 0, mtime: time, size: bytes.length };
      return writable ? base : { ...base, permissions: vscode.FilePermission.Readonly };
    },
    readDirectory: () => [],
    readFile: (uri) => find(uri).bytes,
    writeFile: (uri, bytes) => {
      if (!find(uri).writable) refuse(uri);
      set(uri, bytes, true);
      typed.fire(uri);
    },
    createDirectory: refuse,
    delete: refuse,
    rename: refuse,
  };
  const registration = vscode.workspace.registerFileSystemProvider(scheme, provider, {
    isCaseSensitive: true,
  });
  // Saved as it is typed: a proposal is never dirty, so that closing it asks nothing.
  const saving = vscode.workspace.onDidChangeTextDocument(({ document }) => {
    if (document.uri.scheme !== scheme || !document.isDirty) return;
    // Where it fails VS Code says so itself, and the tab shows that it is not saved.
    document.save().then(undefined, () => undefined);
  });
  return {
    put: (uri, text, writable) => {
      const bytes = Buffer.from(text);
      const now = files.get(uri.toString());
      if (!now || Buffer.compare(now.bytes, bytes) !== 0) set(uri, bytes, writable);
    },
    text: (uri) => Buffer.from(find(uri).bytes).toString("utf8"),
    clear: () => files.clear(),
    onDidType: typed.event,
    dispose: () => vscode.Disposable.from(registration, saving, changed, typed).dispose(),
  };
}
