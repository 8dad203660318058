/** Which nodes of a tree are expanded, as far as the editor lets on: it tells of clicks, and asks for the children of what is open. */
export class OpenNodes {
  readonly #opened = new Set<string>();
  readonly #closed = new Set<string>();

  /** The user opened or closed a node. True when it is open again, so that its children may not be asked for once more. */
  fold(id: string, open: boolean): boolean {
    if (open) this.#opened.add(id);
    else this.#closed.add(id);
    return open && this.#closed.delete(id);
  }

  /** The editor asked for the children of a node; perhaps before it says that the node was opened. */
  asked(id: string): void {
    this.#opened.add(id);
  }

  isClosed(id: string): boolean {
    return this.#closed.has(id);
  }

  isOpen(id: string): boolean {
    return this.#opened.has(id) && !this.#closed.has(id);
  }
}
