import { boundsOf } from "../ledger/bounds.ts";
import { maxRequestsPerSecond } from "../ledger/headroom.ts";
import type { Architecture, Bounds, ComputeSize, Unknown, Value } from "../model.ts";
import { type Amount, type AmountBounds, sumAmounts, timesAmount } from "./amount.ts";
import { type ListPrice, listPriceOf } from "./listPrices.ts";

/** What the cost of a function depends on. */
export interface CostFacts extends ComputeSize {
  /** `null`: no reservation, so that nothing but the pool bounds it. */
  readonly reserved: Value;
  readonly provisioned: Bounds;
}

/** What a function, or several, can cost per hour. */
export interface WorstCase {
  /** All that is reserved running all the time, on demand; nothing bounds it without a reservation. */
  readonly compute: AmountBounds;
  /** Requests at the rate cap of the reservation. */
  readonly requests: AmountBounds;
  /** Provisioned concurrency, also while nothing runs. */
  readonly idle: AmountBounds;
  /** The day of the list prices. */
  readonly date: string;
  /** Why it is not one amount; a phrase. */
  readonly unknown?: string;
}

/** A cost, or why nothing can be said of it. */
export type Cost = WorstCase | { readonly unpriced: string };

/** Memory that a function may have, MB. https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const memoryBounds = { min: 128, max: 10_240 } as const;

/** What a function without a reservation lacks. */
export const noReservation = "it has no reservation";

/**
 * The most that a function can cost per hour at list price: compute (reservation × memory × price), requests at Lambda's rate cap (10 per
 * second and unit of concurrency), and provisioned concurrency. Duration in provisioned environments costs less than on demand everywhere,
 * so the three together are never exceeded. Left out: asynchronous invocations above the rate cap, ephemeral storage above 512 MB, the
 * free tier, price tiers, Savings Plans, and whatever the function calls.
 * https://aws.amazon.com/lambda/pricing/ https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 */
export function worstCaseOf(facts: CostFacts, region: string | null): Cost {
  if (region === null) return { unpriced: "the Region is not known" };
  const price = listPriceOf(region);
  if (price === undefined) return { unpriced: `no list price of Region ${region} is known` };
  const { reserved, memory, provisioned } = facts;
  const executions = executionsOf(reserved);
  const unknown = whyUnknown(facts, price);
  return {
    compute: costOf(executions, memory, facts.architectures, price.duration),
    requests: timesAmount(amounts(executions), price.request * maxRequestsPerSecond(1) * 3600 * 64),
    idle: costOf(provisioned, memory, facts.architectures, price.provisioned),
    date: price.date,
    ...(unknown !== undefined && { unknown }),
  };
}

/** All three parts together. */
export function totalOf({ compute, requests, idle }: WorstCase): AmountBounds {
  return sumAmounts([compute, requests, idle]);
}

/** Several costs as one, each times its copies; `unpriced` as soon as one is. Of several dates the earliest is named. */
export function sumOfCosts(costs: Iterable<readonly [cost: Cost, copies: number]>): Cost | undefined {
  const parts: (readonly [WorstCase, number])[] = [];
  for (const [cost, copies] of costs) {
    if ("unpriced" in cost) return cost;
    parts.push([cost, copies]);
  }
  const [first] = parts;
  if (first === undefined) return undefined;
  const unknown = parts.find(([cost]) => cost.unknown !== undefined)?.[0].unknown;
  const all = (part: "compute" | "requests" | "idle") =>
    sumAmounts(parts.map(([cost, copies]) => timesAmount(cost[part], copies)));
  return {
    compute: all("compute"),
    requests: all("requests"),
    idle: all("idle"),
    date: parts.reduce((earliest, [{ date }]) => (date < earliest ? date : earliest), first[0].date),
    ...(unknown !== undefined && { unknown }),
  };
}

/** How many may run at once. A reservation that is not decided and may be 0 may also be none: then nothing bounds it. */
function executionsOf(reserved: Value): Bounds {
  if (reserved === null) return { min: 0, max: undefined };
  const bounds = boundsOf(reserved);
  return typeof reserved === "object" && bounds.min === 0 ? { min: 0, max: undefined } : bounds;
}

function costOf(
  executions: Bounds,
  memory: number | Unknown,
  architectures: readonly Architecture[],
  prices: Readonly<Partial<Record<Architecture, number>>>,
): AmountBounds {
  if (executions.max === 0) return { min: 0n, max: 0n };
  const known = architectures.map((architecture) => prices[architecture]);
  const isKnown = (price: number | undefined): price is number => price !== undefined;
  if (!known.every(isKnown) || known.length === 0) return { min: 0n, max: undefined };
  const { min, max } = amounts(executions);
  const mb = typeof memory === "number" ? { min: memory, max: memory } : { ...memoryBounds, ...limitsOf(memory) };
  const each = (price: number, size: number): Amount => BigInt(price) * BigInt(size) * 225n;
  return {
    min: min * each(Math.min(...known), mb.min),
    max: max === undefined ? undefined : max * each(Math.max(...known), mb.max),
  };
}

function limitsOf({ min, max }: Unknown): { min?: number; max?: number } {
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}

function amounts({ min, max }: Bounds): AmountBounds {
  return { min: BigInt(min), max: max === undefined ? undefined : BigInt(max) };
}

function whyUnknown(facts: CostFacts, price: ListPrice): string | undefined {
  const { reserved, memory, architectures, provisioned } = facts;
  if (reserved === null) return noReservation;
  if (typeof reserved === "object") return reserved.unknown;
  if (typeof memory === "object") return memory.unknown;
  if (architectures.length !== 1) return "the architecture is not decided";
  if (provisioned.min !== provisioned.max) return "its provisioned concurrency is not known";
  const [architecture] = architectures;
  const isPriced = architecture !== undefined && price.provisioned[architecture] !== undefined;
  return provisioned.min > 0 && !isPriced
    ? `the list price of provisioned concurrency on ${architecture} is not known`
    : undefined;
}
