import { Disposable, type Memento, type TreeView, window } from "vscode";
import { isSortOrder, num, type SortOrder, shortPhrase } from "#core";
import { type Account, shownSnapshot } from "../account/accountState.ts";
import type { UnfinishedApplies } from "../changes/unfinishedApplies.ts";
import { systemClock } from "../clock.ts";
import { contextKeys, viewIds } from "../ids.ts";
import type { PoolsStore } from "../pools/poolsStore.ts";
import { Throttle } from "../throttle.ts";
import type { ViewNode } from "../tree/node.ts";
import type { Handle } from "../tree/nodeTree.ts";
import { OpenNodes } from "../tree/openNodes.ts";
import { NodeProvider } from "../tree/treeProvider.ts";
import { ViewProgress } from "../tree/viewProgress.ts";
import { type AccountTree, accountTree } from "./accountNodes.ts";
import { contextSetter } from "./contextKeys.ts";
import { DetailRequests } from "./detailRequests.ts";
import { visibleFunctions } from "./visibleFunctions.ts";

/** While an account is being read, the tree is drawn at most this often, milliseconds. */
const redrawInterval = 300;

/** Ages are told in minutes. */
const minute = 60_000;

const sortKey = "lambdaConcurrency.sort";
const filterKey = "lambdaConcurrency.filter";

/** The account tree: draws what the store knows, and tells it what is on screen. */
export class AccountView {
  readonly #account: Account;
  readonly #pools: PoolsStore;
  readonly #unfinished: UnfinishedApplies;
  readonly #memory: Memento;
  readonly #provider: NodeProvider;
  readonly #view: TreeView<Handle>;
  readonly #open = new OpenNodes();
  readonly #progress = new ViewProgress(viewIds.account);
  readonly #details = new DetailRequests();
  readonly #setContext = contextSetter();
  readonly #subscriptions: Disposable;
  #filter: string;
  #sort: SortOrder;
  #tree: AccountTree = { nodes: [] };
  #reported = "";
  readonly #redraw = new Throttle(systemClock, redrawInterval, () => this.#update());
  #ageing: NodeJS.Timeout | undefined;

  constructor(account: Account, pools: PoolsStore, unfinished: UnfinishedApplies, memory: Memento) {
    this.#account = account;
    this.#unfinished = unfinished;
    this.#pools = pools;
    this.#memory = memory;
    const sort = memory.get(sortKey);
    this.#sort = isSortOrder(sort) ? sort : "name";
    this.#filter = memory.get(filterKey, "");
    this.#provider = new NodeProvider((node) => this.#childrenAsked(node));
    this.#view = window.createTreeView(viewIds.account, {
      treeDataProvider: this.#provider,
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.#subscriptions = Disposable.from(
      this.#view,
      this.#provider,
      this.#progress,
      account.onDidChange(() => this.#redraw.soon()),
      pools.onDidChange(() => this.#redraw.soon()),
      this.#view.onDidChangeVisibility(() => this.#visibility()),
      this.#view.onDidChangeSelection(() => this.#report()),
      this.#view.onDidExpandElement(({ element }) => this.#fold(element.node.id, true)),
      this.#view.onDidCollapseElement(({ element }) => this.#fold(element.node.id, false)),
    );
    this.#redraw.now();
    this.#visibility();
  }

  get sort(): SortOrder {
    return this.#sort;
  }

  get filter(): string {
    return this.#filter;
  }

  /** The nodes that are selected, in the order of the tree. */
  get selection(): readonly ViewNode[] {
    return this.#view.selection.map(({ node }) => node);
  }

  sortBy(order: SortOrder): void {
    this.#sort = order;
    void this.#memory.update(sortKey, order);
    this.#redraw.now();
  }

  /** Shows only what contains these words; `remember` false while they are being typed. */
  filterBy(filter: string, remember = true): void {
    this.#filter = filter.trim();
    if (remember) void this.#memory.update(filterKey, this.#filter === "" ? undefined : this.#filter);
    this.#redraw.now();
  }

  /** Shows and selects a function where it belongs; a filter that hides it is cleared. False when the tree does not have it. */
  async reveal(arn: string): Promise<boolean> {
    const listed = shownSnapshot(this.#account.state)?.functions.some((fn) => fn.arn === arn) ?? false;
    if (listed && this.#find(arn) === undefined) this.filterBy("");
    const handle = this.#find(arn);
    if (handle === undefined) return false;
    await this.#view.reveal(handle, { select: true, focus: true });
    return true;
  }

  dispose(): void {
    this.#redraw.dispose();
    clearInterval(this.#ageing);
    this.#subscriptions.dispose();
  }

  #find(arn: string): Handle | undefined {
    const is = ({ subject, context }: ViewNode) =>
      subject?.kind === "function" && subject.fn.arn === arn && context.startsWith("function.");
    const inGroup = this.#provider.tree.search((node) => is(node) && !node.id.includes("/attention/"));
    return inGroup ?? this.#provider.tree.search(is);
  }

  #update(): void {
    const now = new Date();
    const { state, reading } = this.#account;
    this.#tree = accountTree({
      state,
      waiting: reading,
      facts: this.#pools.facts,
      sort: this.#sort,
      filter: this.#filter,
      now,
      unfinished: this.#unfinished.records,
    });
    this.#provider.show(this.#tree.nodes);
    this.#setContext(contextKeys.filtered, this.#filter !== "");
    this.#setContext(contextKeys.listed, this.#tree.nodes.length > 0);
    const snapshot = shownSnapshot(state);
    this.#view.description = snapshot === undefined ? "" : shortPhrase(snapshot.identity);
    this.#view.message = this.#message();
    this.#progress.show(reading);
    this.#report();
  }

  /** Nothing when the tree is empty: with a message the editor would not welcome. */
  #message(): string {
    const { filtered } = this.#tree;
    if (filtered === undefined) return "";
    return `Filter “${this.#filter}”: ${num(filtered.shown)} of ${num(filtered.of)} functions`;
  }

  #visibility(): void {
    const { visible } = this.#view;
    this.#account.viewVisible(visible);
    if (visible) void this.#pools.want();
    clearInterval(this.#ageing);
    if (visible) this.#ageing = setInterval(() => this.#redraw.now(), minute);
    this.#report();
  }

  #fold(id: string, open: boolean): void {
    if (this.#open.fold(id, open)) this.#childrenAsked(this.#provider.tree.find(id)?.node);
    this.#report();
  }

  /** The editor asks for the children of what is expanded, also of what was expanded in an earlier session. */
  #childrenAsked(node: ViewNode | undefined): void {
    if (node === undefined) return;
    const { id, subject } = node;
    this.#open.asked(id);
    if (subject?.kind === "function") this.#wantDetails(subject.fn.name, id);
    else this.#report();
  }

  #wantDetails(name: string, id: string): void {
    if (this.#open.isClosed(id) || !this.#details.take(this.#account.state, id, name)) return;
    void this.#account.readDetails(name);
  }

  #report(): void {
    const open = (id: string) => this.#open.isOpen(id);
    const names = this.#view.visible ? visibleFunctions(this.#tree.nodes, this.selection, open) : [];
    const key = names.join("\n");
    if (key === this.#reported) return;
    this.#reported = key;
    this.#account.showing(names);
  }
}
