import { randomBytes } from "node:crypto";
import { Disposable, type ExtensionContext, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import type { FromView } from "#webview/poolMessages.ts";
import { systemClock } from "../clock.ts";
import { Throttle } from "../throttle.ts";
import { exportPicture } from "./exportPicture.ts";
import { actInPoolView, openPlaceOf } from "./poolActions.ts";
import type { PoolViewContext } from "./poolViewContext.ts";
import { poolViewPage } from "./poolViewPage.ts";
import { liveNames, pictureOf, poolViewState } from "./poolViewState.ts";

/** While an account is being read, the picture is drawn at most this often, milliseconds. */
const redrawInterval = 300;

/** The panel with the picture of a pool: one for the window. */
export class PoolPanel {
  readonly #context: PoolViewContext;
  readonly #panel: WebviewPanel;
  readonly #subscriptions: Disposable;
  readonly #redraw = new Throttle(systemClock, redrawInterval, () => this.#show());
  #whatIf = new Map<string, number>();
  #chosen: string | undefined;
  #watched = "";
  #wasVisible = false;

  constructor(context: PoolViewContext, extension: Pick<ExtensionContext, "extensionUri">, gone: () => void) {
    const { account, pools, server } = context;
    const dist = Uri.joinPath(extension.extensionUri, "dist");
    const panel = window.createWebviewPanel("lambdaConcurrency.pool", "Pool", ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [dist],
    });
    this.#context = context;
    this.#panel = panel;
    const { webview } = panel;
    this.#subscriptions = Disposable.from(
      webview.onDidReceiveMessage((message: FromView) => void this.#heard(message)),
      pools.onDidChange(() => this.#redraw.soon()),
      account.onDidChange(() => this.#redraw.soon()),
      server.onDidChange(() => this.#redraw.soon()),
      panel.onDidChangeViewState(() => this.#redraw.now()),
      panel.onDidDispose(() => {
        account.viewVisible(false, "pool");
        this.#watch([]);
        this.#redraw.dispose();
        this.#subscriptions.dispose();
        gone();
      }),
    );
    panel.iconPath = Uri.joinPath(extension.extensionUri, "media", "activity.svg");
    const at = (file: string) => webview.asWebviewUri(Uri.joinPath(dist, file)).toString();
    webview.html = poolViewPage({
      script: at("poolView.js"),
      style: at("poolView.css"),
      styleSource: webview.cspSource,
      nonce: randomBytes(18).toString("base64url"),
    });
    void pools.want();
  }

  /** Brings the panel to the front, with the pool that is meant. */
  reveal(pool: string | undefined): void {
    this.#panel.reveal();
    if (pool !== undefined) this.#choose(pool);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #choose(source: string): void {
    if (source !== this.#chosen) this.#whatIf = new Map();
    this.#chosen = source;
    this.#redraw.now();
  }

  #show(): void {
    const { visible } = this.#panel;
    if (this.#wasVisible !== visible) this.#context.account.viewVisible(visible, "pool");
    this.#wasVisible = visible;
    const input = this.#input();
    const told = poolViewState(input);
    const { shown, chosen } = told;
    const isDrawn = visible && shown.kind === "picture" && chosen !== undefined;
    this.#watch(isDrawn ? liveNames(input, chosen, shown.picture) : []);
    if (!visible) return;
    this.#panel.title = shown.kind === "picture" ? `Pool: ${shown.picture.title}` : "Pool";
    void this.#panel.webview.postMessage(told);
  }

  /** The use of what is drawn is read. */
  #watch(names: readonly string[]): void {
    const key = names.join("\n");
    if (key === this.#watched) return;
    this.#watched = key;
    this.#context.account.showing(names, "pool");
  }

  #input() {
    const { account, pools, server } = this.#context;
    const input = { pools: pools.pools, server: server.state, account: account.state, whatIf: this.#whatIf };
    // What is drawn first stays chosen when others come.
    this.#chosen ??= poolViewState({ ...input, chosen: undefined }).chosen;
    return { ...input, chosen: this.#chosen };
  }

  async #heard(message: FromView): Promise<void> {
    const chosen = poolViewState(this.#input()).chosen ?? "";
    const context = { ...this.#context, chosen, whatIf: this.#whatIf };
    try {
      switch (message.type) {
        case "ready":
          return this.#show();
        case "choose":
          return this.#choose(message.source);
        case "whatIf":
          if (message.value === null) this.#whatIf.delete(message.key);
          else this.#whatIf.set(message.key, message.value);
          return this.#show();
        case "open":
          return await openPlaceOf(context, message.key, message.place);
        case "act":
          if (await actInPoolView(context, message.action)) this.#whatIf = new Map();
          return this.#show();
        case "export": {
          const picture = pictureOf(this.#input(), chosen);
          if (picture !== undefined) await exportPicture(picture, message);
        }
      }
    } catch (error) {
      this.#context.failed(error);
    }
  }
}
