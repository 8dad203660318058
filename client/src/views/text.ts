import type { AccountIdentity } from "#core";

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

/** The account in one phrase: `production (123456789012) · us-east-1`, with the endpoint when it is not that of AWS. */
export function accountPhrase({ alias, account, region, endpoint }: AccountIdentity): string {
  const name = alias === undefined ? account : `${alias} (${account})`;
  return [name, region, ...(endpoint === undefined ? [] : [endpoint])].join(" · ");
}

/** The account in as few words as tell it from others: `production · us-east-1`. */
export function shortPhrase({ alias, account, region }: AccountIdentity): string {
  return `${alias ?? account} · ${region}`;
}

export {
  longValueText as longValue,
  many as counted,
  num as count,
  plain as markdown,
  rough,
  valueText as shortValue,
} from "#core";
