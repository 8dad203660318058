import type { Audit, Journal, Session } from "#aws";
import { changesFolder } from "../changes/freshFacts.ts";
import { UserError } from "../userError.ts";
import type { KillContext } from "./killContext.ts";

/** The records of kills on this machine, which the command line shares. */
export async function journalOf(): Promise<Journal> {
  const { createJournal } = await import("#aws");
  return createJournal(await changesFolder());
}

/** Opens the log of changes. Throws a `UserError` when it cannot be written: then nothing is begun. */
export async function openAuditOf(session: Session): Promise<Audit> {
  const { openAudit, toAccountError } = await import("#aws");
  try {
    return await openAudit(await changesFolder(), session.identity);
  } catch (error) {
    throw new UserError(toAccountError(error).message);
  }
}

/** More functions than this are read with everything else. */
const mostAlone = 10;

/** Reads again what a kill or a restore has changed, without keeping anybody waiting. */
export function readAgain({ account, store }: Pick<KillContext, "account" | "store">, names: readonly string[]): void {
  void (async () => {
    await store.look();
    if (names.length > mostAlone) await account.refresh();
    else for (const name of names) await account.refreshFunction(name);
  })();
}
