import { many } from "../wording/words.ts";
import { amountsText, hoursPerMonth, timesAmount } from "./amount.ts";
import { type Cost, totalOf, type WorstCase } from "./worstCase.ts";

/** What every cost leaves out, as a phrase. */
export const leftOutOfCost =
  "asynchronous invocations above the rate cap, ephemeral storage, free tier, price tiers, Savings Plans and what the functions call";

/** `compute only, at list price of 2026-09-19`. */
export function priceLabel({ date }: Pick<WorstCase, "date">): string {
  return `compute only, at list price of ${date}`;
}

/** `$12.00 an hour, $8,760.00 a month`. */
export function perHourAndMonth(amounts: WorstCase["compute"]): string {
  return `${amountsText(amounts)} an hour, ${amountsText(timesAmount(amounts, hoursPerMonth))} a month`;
}

/**
 * What reservations can cost, in sentences: compute with its label, requests, provisioned concurrency. Without a reservation only the last.
 * @param who at the beginning: `Can`, `Together they can`; empty where a heading says it
 * @param size what it was multiplied from: `400 × 512 MB, x86_64`
 */
export function costText(cost: Cost, who: string, size?: string): string {
  if ("unpriced" in cost) return `Cost unknown: ${cost.unpriced}.`;
  const { compute, requests, idle } = cost;
  const isReserved = compute.max !== 0n && (compute.max !== undefined || compute.min > 0n);
  const most = compute.min !== compute.max ? "" : who === "" ? "At most " : "at most ";
  const label = [...(size === undefined ? [] : [size]), priceLabel(cost)].join("; ");
  return [
    ...(isReserved
      ? [`${who === "" ? "" : `${who} cost `}${most}${perHourAndMonth(compute)} (${label})${whyRange(cost)}.`]
      : []),
    ...(isReserved && requests.max !== undefined
      ? [`Requests at the rate cap: ${amountsText(requests)} an hour more.`]
      : []),
    ...(idle.max === 0n ? [] : [`Provisioned concurrency: ${idleText(idle)} more, also while nothing runs.`]),
  ].join(" ");
}

/** ` 2 functions without a reservation are not counted.` */
export function notCountedText(count: number): string {
  if (count === 0) return "";
  return ` ${many(count, "function")} without a reservation ${count === 1 ? "is" : "are"} not counted.`;
}

/** The parts of a total: `compute $12.00, requests $2.88, provisioned $0.60`. */
export function partsText({ compute, requests, idle }: WorstCase): string {
  const parts = [`compute ${amountsText(compute)}`, `requests ${amountsText(requests)}`];
  return [...parts, ...(idle.max === 0n ? [] : [`provisioned ${amountsText(idle)}`])].join(", ");
}

/** `$15.48 an hour`, all parts together. */
export function totalText(cost: WorstCase): string {
  return `${amountsText(totalOf(cost))} an hour`;
}

function idleText(idle: WorstCase["idle"]): string {
  const text = amountsText(idle);
  return text === "unknown" ? "an unknown amount" : `${text} an hour`;
}

function whyRange({ compute, unknown }: WorstCase): string {
  return compute.min === compute.max || unknown === undefined ? "" : `, because ${unknown}`;
}
