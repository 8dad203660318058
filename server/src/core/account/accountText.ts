import type { AccountIdentity } from "./snapshot.ts";

/** `shop-prod (123456789012) in us-east-1`, without an alias `123456789012 in us-east-1`. */
export function accountText({ account, alias, region }: AccountIdentity): string {
  return `${alias === undefined ? account : `${alias} (${account})`} in ${region}`;
}
