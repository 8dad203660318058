import type { AccountIdentity } from "#core";
import type { Confirmation as Asked } from "#operations";

/** A change that is to be confirmed, as the kill switch asks for it. */
export interface Confirmation extends Pick<Asked, "identity" | "action" | "changes" | "consequences"> {
  /** A question: `Switch off orders?` */
  readonly question: string;
}

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
  { identity, what, action, changes, consequences, production }: Omit<Asked<string>, "others">,
  first: boolean,
): ConfirmationText {
  const { alias, account, region } = identity;
  const name = alias ?? account;
  const more = changes.length > listed ? [`and ${changes.length - listed} more`] : [];
  const paragraphs = [
    accountLine(identity),
    [...changes.slice(0, listed), ...more].join("\n"),
    consequences.join("\n"),
    [
      ...(production === undefined ? [] : [`${production} You are asked to type its name.`]),
      ...(first
        ? [
            "So far this editor has only read this account and Region. Going on lets it change them, each time after a confirmation.",
          ]
        : []),
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
          typed: { name, title: `${what}? (${region})`, prompt: `Type ${name} to go on. Escape changes nothing.` },
        }),
  };
}

/** About so many characters fit in a line of a message. */
const width = 48;

/** How many lines a text takes in a message, at most. A window that is 700 pixels high has room for about 26, of which ten say what is common to all changes. */
export function linesOf(text: string): number {
  return Math.max(1, Math.ceil(text.length / width));
}

/**
 * The first texts that take no more lines than these together, and what `rest` says of the others; always one, if there is one.
 * @param rest given how many are shown
 */
export function fitting(texts: readonly string[], lines: number, rest: (shown: number) => string): readonly string[] {
  if (begin(texts, lines) === texts.length) return texts;
  const shown = begin(texts, lines - 1);
  return [...texts.slice(0, shown), rest(shown)];
}

/** How many texts fit, at least the first. */
function begin(texts: readonly string[], lines: number): number {
  let taken = 0;
  const end = texts.findIndex((text, index) => {
    taken += linesOf(text);
    return taken > lines && index > 0;
  });
  return end < 0 ? texts.length : end;
}

/** `production (123456789012) · us-east-1`, with the endpoint when it is not that of AWS. */
function accountLine({ alias, account, region, endpoint }: AccountIdentity): string {
  const who = alias === undefined ? account : `${alias} (${account})`;
  return [`Account ${who}`, region, ...(endpoint === undefined ? [] : [endpoint])].join(" · ");
}
