import type { AccountIdentity, Value } from "#core";

/** A count as people write it: `1,000`. */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}

/** A large count in a few characters: `9,999`, `103k`, `1.2M`. */
export function rough(value: number): string {
  if (value < 10_000) return count(value);
  return value.toLocaleString("en-US", { notation: "compact", maximumSignificantDigits: 3 }).replace("K", "k");
}

/** A count with its noun: `1 throttle`, `1,200 throttles`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

const cells = 6;

/**
 * How much of a total is taken, drawn with six squares. Something is never drawn as nothing, and not quite all never as all. Empty for a
 * total of 0.
 */
export function bar(part: number, total: number): string {
  if (total <= 0) return "";
  const exact = (Math.max(0, part) / total) * cells;
  const filled = part >= total ? cells : Math.min(cells - 1, Math.max(part > 0 ? 1 : 0, Math.round(exact)));
  return "■".repeat(filled) + "□".repeat(cells - filled);
}

/** A value in a few characters: `25`, `none`, `unknown`, `10 to 20`, `at least 10`. */
export function shortValue(value: Value): string {
  if (value === null) return "none";
  if (typeof value === "number") return count(value);
  const { min, max } = value;
  if (min !== undefined && max !== undefined) return `${count(min)} to ${count(max)}`;
  if (max !== undefined) return `at most ${count(max)}`;
  return min === undefined || min === 0 ? "unknown" : `at least ${count(min)}`;
}

/** A value with its reason when it is not known. */
export function longValue(value: Value): string {
  if (value === null || typeof value === "number") return shortValue(value);
  const bounds = shortValue(value);
  return bounds === "unknown" ? `unknown: ${value.unknown}` : `${bounds} (unknown: ${value.unknown})`;
}

/** The account in one phrase: `production (123456789012) · us-east-1`, with the endpoint when it is not that of AWS. */
export function accountPhrase({ alias, account, region, endpoint }: AccountIdentity): string {
  const name = alias === undefined ? account : `${alias} (${account})`;
  return [name, region, ...(endpoint === undefined ? [] : [endpoint])].join(" · ");
}

/** The account in as few words as tell it from others: `production · us-east-1`. */
export function shortPhrase({ alias, account, region }: AccountIdentity): string {
  return `${alias ?? account} · ${region}`;
}

export { plain as markdown } from "#core";
