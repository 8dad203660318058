import { type AccountSnapshot, accountKey } from "#core";
import { UserError } from "../userError.ts";
import type { AccountState, OpenAccount } from "./accountState.ts";
import type { Connection } from "./connection.ts";

/** Why nothing is connected in a workspace that is not trusted. */
export const untrusted =
  "This workspace is not trusted, so no account is connected: its files could choose which credentials are used. Trust the workspace first.";

/** There is no account to change. */
export const notConnected = "Connect to an account first.";

/** Why no change can be begun in this state, as a sentence; undefined when it can. */
export function whyNotOpen(state: AccountState): string | undefined {
  if (state.kind === "connected") return undefined;
  if (state.kind === "connecting") return "The account is being connected. Wait until its numbers are there.";
  if (state.kind === "disconnected") return notConnected;
  return `The account could not be read: ${state.error.message} Refresh it first.`;
}

/**
 * Works with an open connection, which stays open until the work is done, after the caller has been asked who they are. Throws a `UserError`
 * when they are not who is on screen.
 */
export function withOpenAccount<T>(
  connection: Connection,
  { snapshot, isCurrent }: { readonly snapshot: AccountSnapshot; readonly isCurrent: () => boolean },
  work: (open: OpenAccount) => Promise<T>,
): Promise<T> {
  const { session, aws } = connection;
  if (accountKey(session.identity) !== accountKey(snapshot.identity)) throw new UserError(notConnected);
  return connection.use(async () => {
    try {
      await session.verify(connection.ended);
    } catch (error) {
      throw new UserError(aws.toAccountError(error).message);
    }
    return work({ session, snapshot, isCurrent });
  });
}
