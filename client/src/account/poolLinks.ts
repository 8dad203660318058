import type { Event, Memento } from "vscode";
import type { PoolLink } from "#core";

const key = "account.poolLinks";

/** Which pools without `account` take facts of which account, as the user linked them in this workspace. */
export class PoolLinks {
  readonly onDidChange: Event<void>;
  readonly #memory: Pick<Memento, "get" | "update">;
  readonly #changes: { fire(): void };
  #all: readonly PoolLink[];

  /** @param memory `ExtensionContext.workspaceState` */
  constructor(memory: Pick<Memento, "get" | "update">, changes: { readonly event: Event<void>; fire(): void }) {
    this.onDidChange = changes.event;
    this.#memory = memory;
    this.#changes = changes;
    this.#all = memory.get<readonly PoolLink[]>(key, []);
  }

  /** The same array until a link changes. */
  get all(): readonly PoolLink[] {
    return this.#all;
  }

  /** Links a pool; a link that it had is replaced. */
  link(link: PoolLink): Promise<void> {
    return this.#set([...this.all.filter((each) => !samePool(each, link)), link]);
  }

  unlink(pool: Pick<PoolLink, "uri" | "pool">): Promise<void> {
    return this.#set(this.all.filter((each) => !samePool(each, pool)));
  }

  async #set(links: readonly PoolLink[]): Promise<void> {
    this.#all = links;
    this.#changes.fire();
    await this.#memory.update(key, links);
  }
}

function samePool(a: Pick<PoolLink, "uri" | "pool">, b: Pick<PoolLink, "uri" | "pool">): boolean {
  return a.uri === b.uri && a.pool === b.pool;
}
