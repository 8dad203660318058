import type { AccountIdentity } from "#core";
import { plain } from "#core";

/** The account as a line of Markdown; an address is code, so that no preview makes half a link of it. */
export function accountMarkdown({ alias, account, region, endpoint }: AccountIdentity): string {
  const who = alias === undefined ? `**${account}**` : `**${plain(alias)}** (${account})`;
  return [who, plain(region), ...(endpoint === undefined ? [] : [`\`${endpoint.replaceAll("`", "")}\``])].join(" · ");
}
