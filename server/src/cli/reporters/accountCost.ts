import {
  type AmountBounds,
  amountsText,
  type Cost,
  costText,
  dollarsOf,
  hoursPerMonth,
  leftOutOfCost,
  listPriceOf,
  notCountedText,
  type ReadingProblem,
  timesAmount,
  type Value,
  type WorstCase,
} from "#core";
import { printable } from "./terminal.ts";

/** What functions of an account can cost per hour. */
export interface AccountCost {
  /** By name. */
  readonly functions: ReadonlyMap<string, Cost>;
  /** Of all that have a reservation; absent without any. */
  readonly total?: Cost;
  /** How many of them have none. */
  readonly notCounted: number;
  readonly problems: readonly ReadingProblem[];
}

/** Per hour: compute of the reservation, requests at the rate cap, provisioned concurrency; compute per month. */
export const costColumns = ["COMPUTE/H", "REQUESTS/H", "IDLE/H", "COMPUTE/MONTH"] as const;

/** The cells of one function; `-` where it has no reservation. */
export function costCells(cost: Cost | undefined): readonly string[] {
  if (cost === undefined || "unpriced" in cost) return costColumns.map(() => "unknown");
  const { compute, requests, idle } = cost;
  const bounded = (amounts: AmountBounds) => (isUnbounded(amounts) ? "-" : amountsText(amounts));
  return [bounded(compute), bounded(requests), amountsText(idle), bounded(timesAmount(compute, hoursPerMonth))];
}

/** What all reservations can cost together, and what that leaves out. */
export function costLines({ total, notCounted }: AccountCost): readonly string[] {
  if (total === undefined) return ["No function with a reservation: nothing but the pool bounds what they can cost."];
  const text = `${costText(total, "All reservations together can")}${notCountedText(notCounted)}`;
  return [printable(text), ...("unpriced" in total ? [] : [`Left out: ${leftOutOfCost}.`])];
}

/** The part of the JSON that is about the account. */
export function totalCostJson({ total }: AccountCost, region: string) {
  const price = listPriceOf(region);
  return {
    currency: "USD",
    hoursPerMonth,
    ...(price && { listPrice: { date: price.date, source: price.url } }),
    leftOut: leftOutOfCost,
    ...(total && costJson(total)),
  };
}

/** A cost in dollars, per hour and month; `unknown` where there is no price. */
export function costJson(cost: Cost | undefined) {
  if (cost === undefined) return { unknown: "it was not read" };
  if ("unpriced" in cost) return { unknown: cost.unpriced };
  return { perHour: partsJson(cost, 1), perMonth: partsJson(cost, hoursPerMonth) };
}

function partsJson({ compute, requests, idle, unknown }: WorstCase, hours: number) {
  const value = (amounts: AmountBounds): Value => {
    const { min, max } = timesAmount(amounts, hours);
    if (min === max) return dollarsOf(min);
    const bounds = { ...(min > 0n && { min: dollarsOf(min) }), ...(max !== undefined && { max: dollarsOf(max) }) };
    return { unknown: unknown ?? "it is not known", ...bounds };
  };
  return { compute: value(compute), requests: value(requests), idle: value(idle) };
}

function isUnbounded({ min, max }: AmountBounds): boolean {
  return min === 0n && max === undefined;
}
