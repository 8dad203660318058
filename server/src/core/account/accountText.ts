import type { AccountIdentity } from "../accountSnapshot.ts";

/** `shop-prod (123456789012) in us-east-1`, without an alias `123456789012 in us-east-1`. */
export function accountText({ account, alias, region }: AccountIdentity): string {
  return `${alias === undefined ? account : `${alias} (${account})`} in ${region}`;
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
