import type { ViewNode } from "./node.ts";

/** A place in a tree that stays the same object while what it shows changes. */
export interface Handle {
  node: ViewNode;
  readonly parent: Handle | undefined;
  children: readonly Handle[];
}

/** What has to be drawn again: everything, or these with what is below them. */
export type Changes = "all" | readonly Handle[];

/** The nodes of a tree view with an identity: a new tree is laid over the one before, and only what differs is reported. */
export class NodeTree {
  #handles = new Map<string, Handle>();
  #roots: readonly Handle[] = [];

  get roots(): readonly Handle[] {
    return this.#roots;
  }

  /** The handle of a node, by its id. */
  find(id: string): Handle | undefined {
    return this.#handles.get(id);
  }

  /** The first handle that fits, from top to bottom. */
  search(fits: (node: ViewNode) => boolean): Handle | undefined {
    for (const handle of this.#handles.values()) if (fits(handle.node)) return handle;
    return undefined;
  }

  /** Shows other nodes. The ids of a tree are unique; a second node with an id that was there is left out. */
  update(nodes: readonly ViewNode[]): Changes {
    const before = this.#handles;
    const changed: Handle[] = [];
    this.#handles = new Map();
    const old = this.#roots;
    this.#roots = this.#lay(nodes, undefined, before, changed);
    return sameOrder(old, this.#roots) ? changed : "all";
  }

  #lay(
    nodes: readonly ViewNode[],
    parent: Handle | undefined,
    before: ReadonlyMap<string, Handle>,
    changed: Handle[],
  ): readonly Handle[] {
    const handles: Handle[] = [];
    for (const node of nodes) {
      if (this.#handles.has(node.id)) continue;
      const known = before.get(node.id);
      const handle = known?.parent === parent && known !== undefined ? known : { node, parent, children: [] };
      this.#handles.set(node.id, handle);
      const old = handle.children;
      const differs = known !== handle || !looksTheSame(handle.node, node);
      handle.node = node;
      const at = changed.length;
      handle.children = this.#lay(node.children ?? [], handle, before, changed);
      if (differs || !sameOrder(old, handle.children)) {
        // Drawing it draws what is below it.
        changed.length = at;
        changed.push(handle);
      }
      handles.push(handle);
    }
    return handles;
  }
}

function sameOrder(a: readonly Handle[], b: readonly Handle[]): boolean {
  return a.length === b.length && a.every((handle, index) => handle === b[index]);
}

function looksTheSame(a: ViewNode, b: ViewNode): boolean {
  return (
    a.label === b.label &&
    a.description === b.description &&
    a.icon?.id === b.icon?.id &&
    a.icon?.color === b.icon?.color &&
    a.context === b.context &&
    a.spoken === b.spoken &&
    a.stamp === b.stamp &&
    (a.children === undefined) === (b.children === undefined) &&
    String(a.highlights) === String(b.highlights) &&
    JSON.stringify(a.command) === JSON.stringify(b.command)
  );
}
