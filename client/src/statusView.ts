import { many, num, valueText } from "#core";
import type { PoolStatus, Status } from "#protocol";
import type { ServerState } from "./languageServer.ts";

/** What the language status item shows. */
export interface StatusView {
  readonly text: string;
  readonly detail: string;
  readonly severity: "information" | "warning" | "error";
  readonly busy: boolean;
  readonly command: "showOutput" | "restartServer";
}

/** One pool in one line: `production: 900 of 1,000 claimed, 100 unreserved`. */
export function poolLine({
  name,
  limit,
  limitSource,
  claimed,
  unreserved,
  verdict,
  refused,
  inAws,
}: PoolStatus): string {
  if (refused && verdict === "depends") return `${name}: cannot be deployed`;
  if (inAws?.verdict === "over")
    return `${name}: cannot be deployed now, ${num(inAws.short ?? 0)} too many with ${valueText(inAws.unreserved)} unreserved in AWS`;
  const of = `${num(limit)}${limitSource === "assumed" ? " (assumed)" : ""}`;
  if (claimed === null || unreserved === null) return `${name}: claims of ${of} cannot be decided`;
  const rest = unreserved < 0 ? `${num(-unreserved)} too many` : `${num(unreserved)} unreserved`;
  return `${name}: ${num(claimed)} of ${of} claimed, ${rest}${verdict === "over" ? ", does not fit" : ""}`;
}

/** What to show for a server in this state. */
export function viewOf(state: ServerState, status: Status | undefined): StatusView {
  const show = { command: "showOutput" as const, busy: false, severity: "information" as const };
  const restart = { ...show, command: "restartServer" as const };
  if (state === "failed") {
    const detail = "The language server is not running. Restart it; the output says why it ended.";
    return { ...restart, text: "Lambda Concurrency failed", detail, severity: "error" };
  }
  if (state === "stopped")
    return {
      ...restart,
      text: "Lambda Concurrency: not running",
      detail: "It starts with the first template or budget file.",
    };
  if (state === "starting" || status === undefined || status.state === "busy") {
    return { ...show, text: "Lambda Concurrency", detail: "Reading the folders", busy: true };
  }
  if (status.state === "disabled")
    return { ...show, text: "Lambda Concurrency off", detail: "lambdaConcurrency.enable is off." };
  const over = status.pools.filter(({ verdict }) => verdict === "over").length;
  const refused = status.pools.filter((pool) => pool.refused && pool.verdict === "depends").length;
  const lines = status.pools.slice(0, 5).map(poolLine);
  const more = status.poolCount > lines.length ? [`and ${num(status.poolCount - lines.length)} more`] : [];
  const detail = [...lines, ...more, ...status.notes].join("; ") || "No budget file and no template found.";
  const severity = status.state === "faulty" || over + refused > 0 ? "warning" : "information";
  return { ...show, text: title(status, over, refused), detail, severity };
}

function title({ pools, poolCount }: Status, over: number, refused: number): string {
  const [pool] = pools;
  if (over > 0) return poolCount === 1 ? "Pool does not fit" : `${num(over)} of ${num(poolCount)} pools do not fit`;
  if (refused > 0)
    return poolCount === 1
      ? "Pool cannot be deployed"
      : `${num(refused)} of ${num(poolCount)} pools cannot be deployed`;
  if (poolCount === 1 && pool !== undefined && pool.claimed !== null)
    return `Pool ${num(pool.claimed)} of ${num(pool.limit)}`;
  return poolCount === 0 ? "Lambda Concurrency" : many(poolCount, "pool");
}
