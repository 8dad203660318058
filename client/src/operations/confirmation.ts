import { type AccountIdentity, num } from "#core";
import type { Confirmation } from "#operations";

/** What is shown and asked. */
export interface ConfirmationText {
  readonly message: string;
  readonly detail: string;
  readonly button: string;
  /** What has to be typed afterwards; absent when the button is enough. */
  readonly typed?: { readonly name: string; readonly title: string; readonly prompt: string };
}

/** More changes than this are not listed in a message: there is a document for them. */
const listed = 12;

/**
 * The texts of a confirmation: account and Region first, then what happens, what follows from it, and why more care is asked for.
 * @param first nothing of this account was changed with the editor before, and no setting allows it
 */
export function confirmationText(
  { identity, what, action, changes, consequences, production }: Omit<Confirmation<string>, "others">,
  first: boolean,
): ConfirmationText {
  const { alias, account, region } = identity;
  const name = alias ?? account;
  const more = changes.length > listed ? [`and ${num(changes.length - listed)} more`] : [];
  const paragraphs = [
    accountLine(identity),
    [...changes.slice(0, listed), ...more].join("\n"),
    consequences.join("\n"),
    [
      ...(production === undefined ? [] : [`${production} You will type the account name next.`]),
      ...(first ? ["First change of this account and Region from this editor; every later one is confirmed too."] : []),
    ].join(" "),
  ];
  const verb = first ? `Allow Changes and ${action}` : action;
  return {
    message: `${what}?`,
    detail: paragraphs.filter((paragraph) => paragraph !== "").join("\n\n"),
    button: production === undefined ? verb : `${verb}…`,
    ...(production === undefined
      ? {}
      : {
          typed: { name, title: `${what}? (${region})`, prompt: `This is production. Type ${name} to continue.` },
        }),
  };
}

/** `production (123456789012) · us-east-1`, with the endpoint when it is not that of AWS. */
function accountLine({ alias, account, region, endpoint }: AccountIdentity): string {
  const who = alias === undefined ? account : `${alias} (${account})`;
  return [`Account ${who}`, region, ...(endpoint === undefined ? [] : [endpoint])].join(" · ");
}
