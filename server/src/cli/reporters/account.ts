import {
  type AccountSnapshot,
  accountPool,
  type FunctionGroup,
  groupOf,
  type LiveFunction,
  many,
  num,
  owedOf,
  roomText,
  totalsUnknown,
  type Value,
  valueText,
} from "#core";
import { type AccountCost, costCells, costColumns, costJson, costLines, totalCostJson } from "./accountCost.ts";
import { poolBar } from "./bar.ts";
import type { Paint, Style } from "./colours.ts";
import { jsonText } from "./jsonText.ts";
import { alignColumns, printable } from "./terminal.ts";

/** An account as it is printed: all of it, and which functions in which order. */
export interface AccountReport {
  readonly snapshot: AccountSnapshot;
  readonly functions: readonly LiveFunction[];
  /** Was use asked for? */
  readonly usage: boolean;
  /** What the functions can cost, where that was asked for. */
  readonly cost?: AccountCost;
}

/** Version 1 of the documented JSON: the snapshot with the pool's arithmetic. */
export function accountJson({ snapshot, functions, cost }: AccountReport): string {
  const { version, identity, readAt, limit: _, unreserved: __, learnedFloor: ___, ...rest } = snapshot;
  const owed = owedOf(snapshot.functions);
  return jsonText({
    version,
    identity,
    readAt,
    ...poolNumbers(snapshot),
    ...(owed && { owed }),
    ...rest,
    ...(cost && { cost: totalCostJson(cost, snapshot.identity.region) }),
    functions: cost ? functions.map((live) => ({ ...live, cost: costJson(cost.functions.get(live.name)) })) : functions,
  });
}

/** The pool's arithmetic; what the account does not say is unknown, not 0. */
function poolNumbers(snapshot: AccountSnapshot): Readonly<Record<string, Value | string>> {
  const pool = accountPool(snapshot);
  if (pool === undefined) {
    const unknown = { unknown: totalsUnknown };
    const floor = snapshot.learnedFloor ?? unknown;
    return {
      limit: unknown,
      claimed: unknown,
      unreserved: unknown,
      floor,
      ...(snapshot.learnedFloor !== undefined && { floorSource: "learned" }),
      headroom: unknown,
    };
  }
  const { limit, claimed, unreserved, floor, floorSource, headroom } = pool;
  return { limit, claimed, unreserved, floor, floorSource, headroom };
}

/** For people: who, the pool, the functions, one sentence. What could not be read stands on stderr. */
export function accountText(report: AccountReport, paint: Paint): string {
  const blocks = [
    [identityLine(report.snapshot, paint)],
    poolLines(report, paint),
    functionTable(report, paint),
    [paint("bold", summary(report))],
    report.cost ? costLines(report.cost) : [],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function identityLine({ identity }: AccountSnapshot, paint: Paint): string {
  const { account, alias, region, profile, endpoint, arn } = identity;
  const name = `Account ${account}${alias === undefined ? "" : ` (${printable(alias)})`} in ${printable(region)}`;
  const how = [
    ...(endpoint === undefined ? [] : [`at ${printable(endpoint)}`]),
    ...(profile === undefined ? [] : [`profile ${printable(profile)}`]),
    `as ${printable(arn)}`,
  ].join(", ");
  return `${paint("bold", name)}${paint("dim", `, ${how}`)}`;
}

function poolLines({ snapshot, usage }: AccountReport, paint: Paint): string[] {
  const pool = accountPool(snapshot);
  const owed = owedOf(snapshot.functions);
  if (pool === undefined) return ["Limit, unreserved and headroom are not known."];
  const { limit, claimed, unreserved, floor, floorSource, headroom, belowFloor } = pool;
  const head = ["LIMIT", "FLOOR", "CLAIMED", "UNRESERVED", "HEADROOM", ...(usage ? ["IN USE"] : []), ""];
  const row = [
    num(limit),
    `${num(floor)} ${floorSource}`,
    num(claimed),
    num(unreserved),
    num(headroom),
    ...(usage ? [useText(snapshot.usage?.now)] : []),
    poolBar(limit, floor, { min: claimed, max: claimed }),
  ];
  const [header = "", line = ""] = alignColumns([head, row], new Set([0, 1, 2, 3, 4, 5]));
  const warning = belowFloor ? `  ${paint("red", "below the floor")}` : "";
  const restores = owed === undefined ? [] : [`Headroom: ${printable(roomText(headroom, owed))}.`];
  return [paint("dim", header), `${line}${warning}`, ...restores];
}

function functionTable({ functions, usage, cost }: AccountReport, paint: Paint): string[] {
  if (functions.length === 0) return [];
  const remarks = functions.map(remark);
  const costs = cost ? costColumns : [];
  const head = ["FUNCTION", "RESERVED", ...costs, ...(usage ? ["NOW", "MAXIMUM", "THROTTLES"] : []), "STACK", ""];
  const rows = functions.map((live, i) => [
    printable(live.name),
    valueText(live.reserved),
    ...(cost ? costCells(cost.functions.get(live.name)) : []),
    ...(usage ? [live.usage?.now, live.usage?.maximum, live.usage?.throttles].map(useText) : []),
    printable(live.stack?.name ?? ""),
    remarks[i]?.text ?? "",
  ]);
  const numeric = new Set(Array.from({ length: 1 + costs.length + (usage ? 3 : 0) }, (_, i) => i + 1));
  const [header = "", ...lines] = alignColumns([head, ...rows], numeric);
  return [
    paint("dim", header),
    ...lines.map((line, i) => {
      const { style, text } = remarks[i] ?? { style: "dim", text: "" };
      return text === "" ? line : line.slice(0, -text.length) + paint(style, text);
    }),
  ];
}

function remark({ reserved, outsidePool }: LiveFunction): { readonly style: Style; readonly text: string } | undefined {
  if (outsidePool !== undefined) return { style: "dim", text: printable(`outside the pool: ${outsidePool}`) };
  if (reserved === 0) return { style: "yellow", text: "switched off" };
  if (typeof reserved === "object" && reserved !== null) return { style: "red", text: printable(reserved.unknown) };
  return undefined;
}

/** No data is not 0. */
function useText(value: number | undefined): string {
  return value === undefined ? "-" : num(value);
}

function summary({ snapshot, functions }: AccountReport): string {
  const { functions: all, functionCount, reading } = snapshot;
  const size = (group: FunctionGroup) => all.filter((live) => groupOf(live) === group).length;
  const [reserved, off, outside, unknown] = [size("reserved"), size("off"), size("outside"), size("unknown")];
  const count = Math.max(functionCount, all.length);
  const whole = reading.state === "complete";
  const head = many(whole ? all.length : count, "function");
  if (all.length === 0 && count > 0 && !whole) return `${head}, none of which could be listed.`;
  const parts = [
    ...(reserved === 0 && unknown > 0 ? [] : [`${num(reserved)} reserved`]),
    ...(off === 0 ? [] : [`${num(off)} switched off`]),
    ...(outside === 0 ? [] : [`${num(outside)} outside the pool`]),
    ...(unknown === 0 ? [] : [`${num(unknown)} unknown`]),
  ];
  const unlisted = whole || all.length === count ? "" : ` Only ${num(all.length)} of them could be listed.`;
  const shown = functions.length < all.length ? ` ${num(functions.length)} shown.` : "";
  return `${head}: ${parts.join(", ")}.${unlisted}${shown}`;
}
