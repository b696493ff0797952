import * as vscode from "vscode";
import { plain } from "../markdown.ts";
import type { Group, Listing, Row } from "./listing.ts";

export const VIEW = "oneVenv.list";

/** A node of the tree: a heading or a row below it. */
export type Node = Group | Row;

/** The list in the side bar. It shows what it is told, and says what a person does. */
export interface ListTree extends vscode.Disposable {
  /** `null` shows nothing. */
  show(listing: Listing | null): void;
  /** What stands above the list, and beside its name. */
  label(title: string, description: string, message: string): void;
  /** Brings the view to the front. */
  focus(): Promise<void>;
  /** Rows whose ticks a person changed. */
  readonly onDidTick: vscode.Event<readonly Row[]>;
}

export function createListTree(): ListTree {
  const changed = new vscode.EventEmitter<void>();
  const ticked = new vscode.EventEmitter<readonly Row[]>();
  let listing: Listing | null = null;
  const tree = vscode.window.createTreeView<Node>(VIEW, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem: (node) => ("rows" in node ? groupItem(node) : rowItem(node)),
      getChildren: (node) => {
        if (!node) return [...(listing?.groups ?? [])];
        return [...("rows" in node ? node.rows : node.within)];
      },
    },
    showCollapseAll: true,
    // The plan says what a tick means for others: rows hang on one another.
    manageCheckboxStateManually: true,
  });
  const subscription = tree.onDidChangeCheckboxState(({ items }) => {
    const rows = items.flatMap(([node, state]) =>
      withTick(node, state === vscode.TreeItemCheckboxState.Checked),
    );
    ticked.fire([...new Map(rows.map((row) => [row.id, row])).values()]);
  });
  return {
    show: (next) => {
      listing = next;
      changed.fire();
    },
    label: (title, description, message) => {
      tree.title = title;
      tree.description = description;
      tree.message = message;
    },
    focus: async () => {
      await vscode.commands.executeCommand(`${VIEW}.focus`);
    },
    onDidTick: ticked.event,
    dispose: () => vscode.Disposable.from(subscription, tree, changed, ticked).dispose(),
  };
}

/** The rows that this tick turns: a heading's own ones, or the row. */
function withTick(node: Node, checked: boolean): Row[] {
  const rows = "rows" in node ? node.rows : [node];
  return rows.filter(({ tick }) => tick !== null && tick !== checked);
}

function groupItem({ id, title, about, rows }: Group): vscode.TreeItem {
  const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.Expanded);
  const boxes = rows.filter(({ tick }) => tick !== null);
  const made = boxes.filter(({ tick }) => tick).length;
  const count = boxes.length > 0 ? `${made} of ${boxes.length}` : `${rows.length}`;
  item.id = id;
  item.description = count;
  item.tooltip = about;
  item.contextValue = "group";
  item.accessibilityInformation = { label: `${title}, ${count}. ${about}` };
  if (boxes.length > 0) item.checkboxState = box(made === boxes.length, `All of ${title}`);
  return item;
}

function rowItem(row: Row): vscode.TreeItem {
  const { id, label, description, reason, tick, form, within, icon, path } = row;
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  // As everywhere in VS Code: the name first, which a narrow list still shows, then its folder.
  const name = label.startsWith(path) ? label.slice(path.lastIndexOf("/") + 1) : label;
  const folder = label.slice(0, label.length - name.length).replace(/\/$/, "");
  const item = new vscode.TreeItem(name, within.length > 0 ? Collapsed : None);
  item.id = id;
  item.description = [...(folder ? [folder] : []), description].join(" · ");
  item.tooltip = tooltipOf(row);
  item.iconPath = new vscode.ThemeIcon(ICONS[icon]);
  item.contextValue = form === null ? "row" : "row.twoForms";
  const said = description === reason ? reason : `${description}. ${reason}`;
  item.accessibilityInformation = { label: `${label}: ${said}` };
  item.command = { command: "oneVenv.openRow", title: "Show", arguments: [row] };
  if (tick !== null) item.checkboxState = box(tick, label);
  return item;
}

const ICONS: Record<Row["icon"], string> = {
  line: "edit",
  file: "file",
  folder: "folder",
  note: "info",
};

function box(checked: boolean, what: string): NonNullable<vscode.TreeItem["checkboxState"]> {
  const { Checked, Unchecked } = vscode.TreeItemCheckboxState;
  const label = `${what}: ${checked ? "part of the plan" : "not part of the plan"}`;
  return {
    state: checked ? Checked : Unchecked,
    tooltip: label,
    accessibilityInformation: { label },
  };
}

/** The reason, and the lines as they stand and as they would be. */
function tooltipOf({ label, reason, change, description }: Row): vscode.MarkdownString {
  const text = new vscode.MarkdownString(`**${plain(label)}**\n\n`).appendText(reason);
  if (change !== null) {
    const lines = (sign: string, part: string) =>
      part.split(/\r?\n/).map((line) => `${sign} ${line}`);
    text.appendCodeblock(
      [...lines("-", change.now), ...lines("+", change.planned)].join("\n"),
      "diff",
    );
  } else if (description !== reason) text.appendMarkdown("\n\n").appendText(description);
  return text;
}
