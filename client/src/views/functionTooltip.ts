import {
  accountPhrase,
  accountPool,
  age,
  costOfLive,
  costText,
  type LiveFunction,
  largestReservation,
  longValueText,
  many,
  num,
  plain,
  valueText,
  windowText,
} from "#core";
import type { PoolEntry } from "../pools/poolFacts.ts";
import type { Attention } from "./attention.ts";
import type { TreeContext } from "./treeContext.ts";

/** Everything that is known of a function, as Markdown. */
export function functionTooltip(
  context: TreeContext,
  fn: LiveFunction,
  attention: readonly Attention[],
  entries: readonly PoolEntry[],
  now: Date,
): string {
  const rows = [...liveRows(context, fn), ...fileRows(entries)];
  const table = ["| | |", "|---|---|", ...rows.map(([name, value]) => `| ${name} | ${plain(value)} |`)];
  const read = fn.readAt === undefined ? "Reservation not read yet" : `Reservation read ${age(fn.readAt, now)}`;
  return [
    `**${plain(fn.name)}**`,
    ...attention.map(({ sentence }) => plain(sentence)),
    table.join("\n"),
    `${plain(accountPhrase(context.identity))}  \n${plain(`${read}.`)}`,
  ].join("\n\n");
}

type Row = readonly [name: string, value: string];

function* liveRows(context: TreeContext, fn: LiveFunction): Generator<Row> {
  const { reserved, outsidePool, usage, details, stack } = fn;
  if (outsidePool === undefined) {
    yield ["Reservation", reserved === 0 ? "0: it never runs" : longValueText(reserved)];
    const headroom = headroomText(context, fn);
    if (headroom !== undefined) yield ["Largest possible", headroom];
    const cost = costText(costOfLive(fn, context.identity.region), "");
    if (cost !== "") yield ["Can cost", cost];
  } else yield ["Outside the pool", outsidePool];
  if (details !== undefined) {
    const total = details.provisioned.reduce((sum, { requested }) => sum + requested, 0);
    yield ["Provisioned", details.provisioned.length === 0 ? "none" : num(total)];
  }
  yield ["In use now", usage === undefined ? "not read" : (number(usage.now) ?? "no data")];
  if (usage !== undefined) {
    const window = windowText(usage);
    yield [`Most in ${window}`, number(usage.maximum) ?? "no data"];
    yield [`Throttles in ${window}`, number(usage.throttles) ?? "no data"];
    yield [`Invocations in ${window}`, number(usage.invocations) ?? "no data"];
  }
  if (stack !== undefined) yield ["Stack", `${stack.name} (${stack.logicalId})`];
  const runtime = [fn.runtime, fn.memory && `${num(fn.memory)} MB`, fn.timeout && many(fn.timeout, "second")];
  if (fn.runtime !== undefined) yield ["Runtime", runtime.filter((part) => part).join(", ")];
}

function number(value: number | undefined): string | undefined {
  return value === undefined ? undefined : num(value);
}

/** The largest reservation it can be given now. */
function headroomText({ snapshot, facts }: TreeContext, { reserved, details }: LiveFunction): string | undefined {
  if (reserved !== null && typeof reserved !== "number") return undefined;
  const pool = accountPool(snapshot, facts.configuredFloor);
  if (pool === undefined) return undefined;
  const floor = `floor ${num(pool.floor)}${pool.floorSource === "estimated" ? ", estimated" : ""}`;
  return `${valueText(largestReservation(pool, { reserved, ...(details && { details }) }))} (${floor})`;
}

function* fileRows(entries: readonly PoolEntry[]): Generator<Row> {
  for (const { pool, row } of entries) {
    if (row.granted !== null) yield ["Granted", `${row.off ? "off" : num(row.granted)} (${pool.name})`];
    if (row.declared !== undefined) yield ["Declared", `${longValueText(row.declared)} (${row.key})`];
  }
}
