import { type AccountSnapshot, accountKey } from "#core";
import { UserError } from "../userError.ts";
import type { OpenAccount } from "./accountState.ts";
import type { Connection } from "./connection.ts";
import { notConnected } from "./whyNotOpen.ts";

/**
 * Works with an open connection, which stays open until the work is done, after the caller has been asked who they are. Throws a `UserError`
 * when they are not who is on screen.
 */
export function workWith<T>(
  connection: Connection,
  { snapshot, isCurrent }: { readonly snapshot: AccountSnapshot; readonly isCurrent: () => boolean },
  work: (open: OpenAccount) => Promise<T>,
): Promise<T> {
  const { session, room } = connection;
  if (accountKey(session.identity) !== accountKey(snapshot.identity)) throw new UserError(notConnected);
  return connection.use(async () => {
    try {
      await session.verify(connection.ended);
    } catch (error) {
      throw new UserError(room.toAccountError(error).message);
    }
    return work({ session, snapshot, isCurrent });
  });
}
