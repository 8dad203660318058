import type { AccountIdentity } from "#core";
import type { Answer } from "#operations";
import { UsageError } from "../exitCodes.ts";
import type { Io } from "../io.ts";
import type { Options } from "../options.ts";
import { printable } from "../reporters/terminal.ts";
import { loadAws } from "./openAccount.ts";

/** What is to be confirmed; it was shown before. */
export interface Confirmation {
  /** Without a question mark at its end: `Set 3 reservations`. */
  readonly what: string;
  /** Whose account, as read a moment ago. */
  readonly identity: AccountIdentity;
  /** Why it asks for more care, as a sentence; undefined: it does not. */
  readonly production?: string | undefined;
}

const UNTOUCHED = "Nothing was changed.";

/**
 * Rejects with an `AccountError` when `--account` names another account than the credentials lead to. To be called before anything is shown.
 */
export async function checkGivenAccount(options: Options, { account }: AccountIdentity): Promise<void> {
  const given = options.text("account");
  if (given === undefined || given === account) return;
  const { AccountError } = await loadAws();
  throw new AccountError("refused", `--account ${given}: these credentials are of account ${account}. ${UNTOUCHED}`);
}

/**
 * What is answered. `--yes` says yes for this one call; for production only with `--account` beside it. Else whoever sits at
 * the terminal is asked, and for production has to type the account's name.
 * Rejects as `checkGivenAccount` does, and with a `UsageError` when nobody can be asked, and when what was shown before did not reach stdout.
 */
export async function answerOf(
  { what, identity, production }: Confirmation,
  options: Options,
  io: Io,
): Promise<Answer> {
  await checkGivenAccount(options, identity);
  const lost = await io.printed();
  if (lost !== undefined)
    throw new UsageError(`What will be done cannot be shown: stdout takes no more (${lost}). ${UNTOUCHED}`);
  const { account, alias } = identity;
  const asked = printable(what);
  if (options.has("yes")) {
    const given = options.text("account");
    if (production === undefined || given === account)
      return { kind: "yes", ...(given !== undefined && { account: given }) };
    throw new UsageError(`${production} To confirm, add --account ${account} beside --yes. ${UNTOUCHED}`);
  }
  if (io.ask === undefined) {
    const needed = production === undefined ? "--yes" : `--yes --account ${account}`;
    throw new UsageError(
      `There is no terminal to ask at: add ${needed} to confirm, or --dry-run to look. ${UNTOUCHED}`,
    );
  }
  if (production === undefined) {
    const answer = await io.ask(`${asked}? [y/N] `);
    return { kind: /^\s*y(es)?\s*$/i.test(answer ?? "") ? "yes" : "no" };
  }
  const typed = await io.ask(`${asked} in production? Type ${printable(alias ?? account)} to continue: `);
  const given = typed?.trim();
  if (given === undefined || (given !== account && given !== alias)) return { kind: "no" };
  return { kind: "yes", account: given };
}
