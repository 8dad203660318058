import { type AccountIdentity, type KilledState, list } from "#core";
import { count, markdown } from "../views/text.ts";

/** What a restore brings back, in a few words: `reservation 150, provisioned 20 on live, scaling of live, 1 event source mapping`. */
export function stateText({ reserved, provisioned, targets, mappings }: KilledState): string {
  const many = mappings.length === 1 ? "1 event source mapping" : `${count(mappings.length)} event source mappings`;
  return [
    reserved === null ? "no reservation" : `reservation ${count(reserved)}`,
    ...provisioned.map(({ qualifier, requested }) => `provisioned ${count(requested)} on ${qualifier}`),
    ...targets.map(({ qualifier }) => `scaling of ${qualifier}`),
    ...(mappings.length === 0 ? [] : [many]),
  ].join(", ");
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function namesText(names: readonly string[], most = 3): string {
  return list(names, names.length > most ? most - 1 : most);
}

/** The account as a line of Markdown; an address is code, so that no preview makes half a link of it. */
export function accountMarkdown({ alias, account, region, endpoint }: AccountIdentity): string {
  const who = alias === undefined ? `**${account}**` : `**${markdown(alias)}** (${account})`;
  return [who, markdown(region), ...(endpoint === undefined ? [] : [`\`${endpoint.replaceAll("`", "")}\``])].join(
    " · ",
  );
}
