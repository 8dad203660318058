import type { Connection } from "vscode-languageserver/node";
import { type Analysis, inAws, type Pool, type Severity, type Value, verdictOf } from "#core";
import { type PoolStatus, type Status as StatusMessage, statusNotification } from "#protocol";
import { toPath } from "#workspaceFiles";
import type { Faults } from "./faults.ts";
import type { Project } from "./project.ts";
import { sendQuietly } from "./sendQuietly.ts";
import type { Settings } from "./settings.ts";

const MAX_POOLS = 100;
const MAX_NOTES = 20;

/** What the status is made of. */
export interface StatusSources {
  readonly project: Project;
  readonly faults: Faults;
  readonly settings: { readonly current: Settings };
  readonly latest: () => Analysis | undefined;
}

/** Tells the client what the server is doing and what it found, each time that has changed. */
export class Status {
  readonly #connection: Connection;
  readonly #sources: StatusSources;
  #sent = "";

  constructor(connection: Connection, sources: StatusSources) {
    this.#connection = connection;
    this.#sources = sources;
  }

  send(): void {
    const status = this.#current();
    const text = JSON.stringify(status);
    if (text === this.#sent) return;
    this.#sent = text;
    sendQuietly(() => this.#connection.sendNotification(statusNotification, status));
  }

  #current(): StatusMessage {
    const { project, faults, latest } = this.#sources;
    const analysis = project.known ? latest() : undefined;
    const pools = (analysis?.pools ?? []).map(poolStatus).sort(byBudgetThenName);
    const files = analysis?.files ?? [];
    const unreadable = files.flatMap(({ uri, error }) =>
      error === undefined ? [] : [`${toPath(uri) ?? uri}: ${error}`],
    );
    return {
      state: this.#state(),
      pools: pools.slice(0, MAX_POOLS),
      poolCount: pools.length,
      budgets: files.filter(({ kind }) => kind === "budget").length,
      templates: files.filter(({ kind }) => kind === "sam" || kind === "cloudformation").length,
      errors: count(analysis, "error"),
      warnings: count(analysis, "warning"),
      information: count(analysis, "information"),
      notes: [...faults.notes, ...project.notes, ...unreadable].slice(0, MAX_NOTES),
    };
  }

  #state(): StatusMessage["state"] {
    const { project, faults, settings } = this.#sources;
    if (!settings.current.enable) return "disabled";
    if (faults.notes.length > 0) return "faulty";
    return project.busy ? "busy" : "idle";
  }
}

function poolStatus(pool: Pool): PoolStatus {
  const { name, budget, limit, limitSource, floor, ledger } = pool;
  const now = inAws(pool);
  return {
    name,
    ...(budget && { budget: budget.file.uri }),
    limit,
    limitSource,
    floor,
    claimed: decided(ledger.claimed),
    unreserved: decided(ledger.unreserved),
    verdict: verdictOf(pool),
    ...(ledger.refused === "certainly" && { refused: true }),
    ...(now && { inAws: now }),
  };
}

function decided(value: Value): number | null {
  return typeof value === "number" ? value : null;
}

function byBudgetThenName(a: PoolStatus, b: PoolStatus): number {
  if ((a.budget === undefined) !== (b.budget === undefined)) return a.budget === undefined ? 1 : -1;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function count(analysis: Analysis | undefined, severity: Severity): number {
  return analysis?.findings.filter((finding) => finding.severity === severity && !finding.suppressed).length ?? 0;
}
