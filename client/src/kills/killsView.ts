import { Disposable, type TreeView, window } from "vscode";
import type { ListedKill } from "#aws";
import { accountKey, type LiveFunction, many } from "#core";
import type { Account } from "../account/accountState.ts";
import { viewIds } from "../ids.ts";
import type { ViewNode } from "../tree/node.ts";
import type { Handle } from "../tree/nodeTree.ts";
import { NodeProvider } from "../tree/treeProvider.ts";
import { contextSetter } from "../views/contextKeys.ts";
import { killContextKeys } from "./ids.ts";
import { killNodes } from "./killNodes.ts";
import { isLocal, unfinished } from "./killState.ts";
import type { KillsStore } from "./killsStore.ts";

/** The Kills view: what was switched off and is not restored. */
export class KillsView {
  readonly #account: Account;
  readonly #store: KillsStore;
  readonly #provider = new NodeProvider();
  readonly #view: TreeView<Handle>;
  readonly #setContext = contextSetter();
  readonly #subscriptions: Disposable;
  readonly #asked = new Set<string>();

  constructor(account: Account, store: KillsStore) {
    this.#account = account;
    this.#store = store;
    this.#view = window.createTreeView(viewIds.kills, {
      treeDataProvider: this.#provider,
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.#subscriptions = Disposable.from(
      this.#view,
      this.#provider,
      store.onDidChange(() => this.#update()),
      account.onDidChange(() => this.#update()),
    );
    this.#update();
  }

  get visible(): boolean {
    return this.#view.visible;
  }

  /** Fires when the view is shown or hidden. */
  get onDidChangeVisibility() {
    return this.#view.onDidChangeVisibility;
  }

  /** The nodes that are selected, in the order of the tree. */
  get selection(): readonly ViewNode[] {
    return this.#view.selection.map(({ node }) => node);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #update(): void {
    const { known, allocations } = this.#store;
    const { state } = this.#account;
    const snapshot = state.kind === "connected" ? state.snapshot : undefined;
    if (known === undefined) return;
    this.#provider.show(
      killNodes({
        known,
        allocations,
        actionOn: (key, name) => this.#store.actionOn(key, name),
        now: new Date(),
        ...(snapshot === undefined ? {} : { snapshot }),
      }),
    );
    const key = snapshot && accountKey(snapshot.identity);
    const here = known.kills.filter((kill) => kill.key === key);
    this.#setContext(killContextKeys.restorable, here.length > 0);
    this.#badge();
    this.#wantDetails(here, snapshot?.functions ?? []);
  }

  #badge(): void {
    const expired = nagging(this.#store.expired, this.#key()).length;
    const tooltip = `${many(expired, "reminder")} due`;
    // Setting the same badge again would still be sent to the window.
    if ((this.#view.badge?.value ?? 0) === expired) return;
    // VS Code keeps a badge that is set to undefined; 0 takes it away.
    this.#view.badge = { value: expired, tooltip };
  }

  #key(): string | undefined {
    const { state } = this.#account;
    return state.kind === "connected" ? accountKey(state.snapshot.identity) : undefined;
  }

  /** How far an unfinished kill is can be told when the function's details are there: read once, while somebody looks. */
  #wantDetails(kills: readonly ListedKill[], functions: readonly LiveFunction[]): void {
    if (!this.#view.visible) return;
    for (const kill of kills) {
      if (unfinished(kill) === undefined || this.#asked.has(kill.record.id)) continue;
      // Not before the function is listed: nothing would be read, and nobody would ask again.
      if (!functions.some(({ name }) => name === kill.record.name)) continue;
      this.#asked.add(kill.record.id);
      void this.#account.readDetails(kill.record.name);
    }
  }
}

/** Kills with a reminder due that somebody should hear of: not those of a demo account of this machine that is not connected. */
export function nagging(expired: readonly ListedKill[], connected: string | undefined): readonly ListedKill[] {
  return expired.filter(({ key }) => key === connected || !isLocal(key));
}
