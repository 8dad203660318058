import { Disposable, type TreeView, window } from "vscode";
import type { Account } from "../account/accountState.ts";
import { viewIds } from "../ids.ts";
import type { PoolsStore } from "../pools/poolsStore.ts";
import type { ViewNode } from "../tree/node.ts";
import type { Handle } from "../tree/nodeTree.ts";
import { NodeProvider } from "../tree/treeProvider.ts";
import { budgetNodes } from "./budgetNodes.ts";

/** The budget tree: what the files of the workspace say, beside what the account says. */
export class BudgetView {
  readonly #account: Account;
  readonly #pools: PoolsStore;
  readonly #provider = new NodeProvider();
  readonly #view: TreeView<Handle>;
  readonly #subscriptions: Disposable;

  constructor(account: Account, pools: PoolsStore) {
    this.#account = account;
    this.#pools = pools;
    this.#view = window.createTreeView(viewIds.budget, { treeDataProvider: this.#provider, showCollapseAll: true });
    const wanted = () => {
      if (this.#view.visible) void pools.want();
    };
    this.#subscriptions = Disposable.from(
      this.#view,
      this.#provider,
      pools.onDidChange(() => this.#update()),
      account.onDidChange(() => this.#update()),
      this.#view.onDidChangeVisibility(wanted),
    );
    wanted();
    this.#update();
  }

  /** Shows and selects a function of a pool, by the key it has there. False when the tree does not have it. */
  async reveal(pool: string, key: string): Promise<boolean> {
    const is = ({ subject }: ViewNode) =>
      subject?.kind === "row" && subject.row.key === key && (subject.pool.id === pool || subject.pool.name === pool);
    const handle = this.#provider.tree.search(is);
    if (handle === undefined) return false;
    await this.#view.reveal(handle, { select: true, focus: true });
    return true;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #update(): void {
    const { state } = this.#account;
    const pools = this.#pools.pools ?? [];
    this.#provider.show(
      budgetNodes({ pools, ...(state.kind === "connected" && { identity: state.snapshot.identity }) }),
    );
  }
}
