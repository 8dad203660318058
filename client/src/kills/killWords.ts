import type { AccountIdentity } from "#core";
import { markdown } from "../views/text.ts";

/** The account as a line of Markdown; an address is code, so that no preview makes half a link of it. */
export function accountMarkdown({ alias, account, region, endpoint }: AccountIdentity): string {
  const who = alias === undefined ? `**${account}**` : `**${markdown(alias)}** (${account})`;
  return [who, markdown(region), ...(endpoint === undefined ? [] : [`\`${endpoint.replaceAll("`", "")}\``])].join(
    " · ",
  );
}
