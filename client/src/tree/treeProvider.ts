import {
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
} from "vscode";
import type { ViewNode } from "./node.ts";
import { type Handle, NodeTree } from "./nodeTree.ts";

/** More rows than this are drawn with one refresh of the whole tree. */
const severalAtOnce = 100;

/** Shows nodes in a tree view. What has not changed is not drawn again, and expansion and selection survive by the ids. */
export class NodeProvider implements TreeDataProvider<Handle> {
  readonly tree = new NodeTree();
  readonly #changed = new EventEmitter<Handle[] | undefined>();
  readonly #opened: (node: ViewNode) => void;
  readonly onDidChangeTreeData = this.#changed.event;

  /** @param opened called whenever the editor asks for the children of a node, also after a restart */
  constructor(opened: (node: ViewNode) => void = () => undefined) {
    this.#opened = opened;
  }

  /** Shows these nodes from now on. */
  show(nodes: readonly ViewNode[]): void {
    const changes = this.tree.update(nodes);
    if (changes === "all" || changes.length > severalAtOnce) this.#changed.fire(undefined);
    else if (changes.length > 0) this.#changed.fire([...changes]);
  }

  getChildren(handle?: Handle): Handle[] {
    if (handle === undefined) return [...this.tree.roots];
    this.#opened(handle.node);
    return [...handle.children];
  }

  getParent(handle: Handle): Handle | undefined {
    return handle.parent;
  }

  getTreeItem({ node }: Handle): TreeItem {
    return itemOf(node);
  }

  resolveTreeItem(item: TreeItem, { node }: Handle): TreeItem {
    if (node.tooltip !== undefined) item.tooltip = new MarkdownString(node.tooltip(new Date()));
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function itemOf(node: ViewNode): TreeItem {
  const { id, label, highlights, description, icon, context, spoken, children, open, command, tooltip } = node;
  const state =
    children === undefined
      ? TreeItemCollapsibleState.None
      : open === true
        ? TreeItemCollapsibleState.Expanded
        : TreeItemCollapsibleState.Collapsed;
  const item = new TreeItem(
    highlights === undefined || highlights.length === 0
      ? label
      : { label, highlights: highlights.map(([start, end]) => [start, end]) },
    state,
  );
  item.id = id;
  item.contextValue = context;
  item.accessibilityInformation = { label: spoken };
  if (description !== undefined) item.description = description;
  if (icon !== undefined) {
    item.iconPath =
      icon.color === undefined ? new ThemeIcon(icon.id) : new ThemeIcon(icon.id, new ThemeColor(icon.color));
  }
  if (command !== undefined) {
    item.command = { command: command.id, title: command.title, arguments: [...(command.arguments ?? [])] };
  }
  // Without one the editor would show the label again.
  if (tooltip === undefined) item.tooltip = description === undefined ? label : `${label}: ${description}`;
  return item;
}
