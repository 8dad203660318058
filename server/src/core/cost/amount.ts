import { num } from "../wording/words.ts";

/**
 * Money per hour as a whole number, so that sums are exact: 64ths of 10⁻¹⁰ US dollars. An hour of one MB at a price of p × 10⁻¹⁰ dollars
 * per GB-second costs p × 3600 ÷ 1024 = p × 225 ÷ 64.
 */
export type Amount = bigint;

/** Lowest and highest amount; `max` undefined: nothing bounds it. */
export interface AmountBounds {
  readonly min: Amount;
  readonly max: Amount | undefined;
}

/** An average month, as the AWS Pricing Calculator counts it: hours. */
export const hoursPerMonth = 730;

const perDollar = 640_000_000_000n;
const perCent = perDollar / 100n;
const perHundredthCent = perCent / 100n;

/** No money at all. */
export const noAmount: AmountBounds = { min: 0n, max: 0n };

/** The sum of all. */
export function sumAmounts(all: Iterable<AmountBounds>): AmountBounds {
  let { min, max } = noAmount;
  for (const one of all) {
    min += one.min;
    max = max === undefined || one.max === undefined ? undefined : max + one.max;
  }
  return { min, max };
}

/** `count` times the same. */
export function timesAmount({ min, max }: AmountBounds, count: number): AmountBounds {
  const n = BigInt(count);
  return { min: min * n, max: max === undefined ? undefined : max * n };
}

/** Dollars as somebody writes them (a double with few decimals) as an amount, exact to 10⁻⁸ dollars. */
export function amountOf(dollars: number): Amount {
  return BigInt(Math.round(dollars * 1e8)) * (perDollar / 100_000_000n);
}

/** Dollars for JSON, to a millionth. */
export function dollarsOf(amount: Amount): number {
  return Number(rounded(amount, perDollar / 1_000_000n)) / 1e6;
}

/** The amount as it is shown: to a cent, below ten cents to a hundredth of one. What is compared is compared like this. */
export function shownAmount(amount: Amount): Amount {
  const unit = amount < perDollar / 10n ? perHundredthCent : perCent;
  return rounded(amount, unit) * unit;
}

/** `$1,095.00`, below ten cents `$0.0075`. */
export function amountText(amount: Amount): string {
  const shown = shownAmount(amount);
  if (shown > 0n && shown < perDollar / 10n) return `$0.${String(shown / perHundredthCent).padStart(4, "0")}`;
  const cents = shown / perCent;
  return `$${num(Number(cents / 100n))}.${String(cents % 100n).padStart(2, "0")}`;
}

/** `$1.50`, `$0.75 to $6.00`, `at least $0.75`, `unknown`. */
export function amountsText({ min, max }: AmountBounds): string {
  if (max === undefined) return min === 0n ? "unknown" : `at least ${amountText(min)}`;
  return min === max ? amountText(min) : `${amountText(min)} to ${amountText(max)}`;
}

function rounded(amount: Amount, unit: bigint): bigint {
  return (amount + unit / 2n) / unit;
}
