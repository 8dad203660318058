import type { AccountChoice, Session } from "#aws";
import type { Io } from "../io.ts";
import { accountFailure } from "./failure.ts";
import { interruptible } from "./interruptible.ts";
import { openAccount } from "./openAccount.ts";

/** Opens an account, works in it and closes it. Resolves to the exit code of the work, or to that of what went wrong, which stderr says. */
export async function withSession(
  choice: AccountChoice,
  io: Io,
  work: (session: Session, signal: AbortSignal) => Promise<number>,
): Promise<number> {
  try {
    return await interruptible(io, async (signal) => {
      const session = await openAccount(choice, io, signal);
      try {
        return await work(session, signal);
      } finally {
        session.close();
      }
    });
  } catch (error) {
    return accountFailure(error, choice, io);
  }
}
