import { isDeepStrictEqual } from "node:util";
import { CodeLensRefreshRequest, type Connection } from "vscode-languageserver/node";
import { type Analysis, type Pool, type Uri, verdictOf } from "#core";
import type { Client } from "./client.ts";
import type { Documents } from "./documents.ts";
import type { Faults } from "./faults.ts";
import type { PoolsChanged } from "./poolsChanged.ts";
import type { Project } from "./project.ts";
import type { Report, Reports } from "./reports.ts";
import { sendQuietly } from "./sendQuietly.ts";
import type { Status } from "./status.ts";

/** Milliseconds that a follow-up waits for more changes, unless the client says otherwise. */
const DEFAULT_DEBOUNCE = 100;

/** What the follow-up reads and tells. */
export interface FollowUpSources {
  readonly documents: Documents;
  readonly project: Project;
  readonly reports: Reports;
  readonly status: Status;
  readonly poolsChanged: PoolsChanged;
  readonly faults: Faults;
  readonly latest: () => Analysis | undefined;
}

/**
 * What follows from a change. Clients that do not pull get the diagnostics that changed; those that do are asked to pull again when another file than
 * the edited one changed. Inlay hints and lenses are refreshed when the numbers of a pool changed.
 */
export class FollowUp {
  readonly #connection: Connection;
  readonly #client: Client;
  readonly #sources: FollowUpSources;
  readonly #debounce: number;
  readonly #edited = new Set<Uri>();
  #begun = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Those that hints and lenses were last shown for; undefined when everything is to be shown again. */
  #pools: readonly Pool[] | undefined;

  constructor(connection: Connection, client: Client, sources: FollowUpSources) {
    this.#connection = connection;
    this.#client = client;
    this.#sources = sources;
    const wanted = client.options.debounce;
    this.#debounce = typeof wanted === "number" && wanted >= 0 ? wanted : DEFAULT_DEBOUNCE;
  }

  /** From now on changes have consequences; before, the folders are not known. */
  begin(): void {
    this.#begun = true;
    this.schedule();
  }

  /** Something changed; `edited` when it is an open document that the client knows to have changed. */
  schedule(edited?: Uri): void {
    if (edited !== undefined) this.#edited.add(edited);
    if (!this.#begun) return;
    clearTimeout(this.#timer);
    if (this.#debounce === 0 && edited !== undefined) this.#run();
    else this.#timer = setTimeout(() => this.#run(), this.#debounce);
  }

  /** Something changed that does not come in bursts: what follows from it follows now. */
  now(): void {
    if (!this.#begun) return;
    clearTimeout(this.#timer);
    this.#run();
  }

  /** What hints and lenses show may differ although no number does. */
  showAgain(): void {
    this.#pools = undefined;
  }

  dispose(): void {
    this.#begun = false;
    clearTimeout(this.#timer);
  }

  #run(): void {
    const { faults, status, poolsChanged } = this.#sources;
    const edited = new Set(this.#edited);
    this.#edited.clear();
    faults.guard("Reporting the findings", () => this.#report(edited));
    faults.guard("The status", () => status.send());
    faults.guard("Telling of the pools", () => poolsChanged.send());
  }

  #report(edited: ReadonlySet<Uri>): void {
    const { reports } = this.#sources;
    reports.update();
    if (!this.#client.pullsDiagnostics) this.#push(edited);
    else if (reports.takeChanged().some((uri) => !edited.has(uri))) this.#refreshDiagnostics();
    this.#refreshNumbers(edited);
  }

  #push(edited: ReadonlySet<Uri>): void {
    const { reports, documents, project } = this.#sources;
    const served = [...edited].filter((uri) => documents.get(uri) && project.kindOf(uri) !== "other");
    for (const uri of new Set([...served, ...reports.takeChanged()])) this.#publish(reports.get(uri));
  }

  #publish({ uri, diagnostics }: Report): void {
    const document = this.#sources.documents.get(uri);
    const about = { uri: document?.clientUri ?? uri, ...(document && { version: document.text.version }) };
    sendQuietly(() => this.#connection.sendDiagnostics({ ...about, diagnostics: [...diagnostics] }));
  }

  #refreshDiagnostics(): void {
    if (this.#client.refreshesDiagnostics) sendQuietly(() => this.#connection.languages.diagnostics.refresh());
  }

  /** The client asks again by itself for the document it edited, but not for others that share its pool. */
  #refreshNumbers(edited: ReadonlySet<Uri>): void {
    const before = this.#pools;
    const now = this.#sources.latest()?.pools ?? [];
    this.#pools = now;
    if (before?.length === now.length && now.every((pool, index) => sameNumbers(pool, before[index]))) return;
    const others = [...this.#sources.documents.all()].some(({ uri }) => !edited.has(uri));
    if (!others) return;
    if (this.#client.refreshesInlayHints) sendQuietly(() => this.#connection.languages.inlayHint.refresh());
    if (this.#client.refreshesCodeLenses) sendQuietly(() => this.#connection.sendRequest(CodeLensRefreshRequest.type));
  }
}

/** Pools that nothing has touched are the same objects from one analysis to the next. */
function sameNumbers(pool: Pool, before: Pool | undefined): boolean {
  if (pool === before || before === undefined) return pool === before;
  return pool.live?.snapshot === before.live?.snapshot && isDeepStrictEqual(numbersOf(pool), numbersOf(before));
}

function numbersOf(pool: Pool) {
  const { name, limit, floor, ledger, granted } = pool;
  return [name, limit, floor, ledger.claimed, verdictOf(pool), ledger.refused, granted];
}
