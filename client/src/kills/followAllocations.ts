import { Disposable } from "vscode";
import type { RestoredFunction } from "#aws";
import { accountKey } from "#core";
import type { KillContext } from "./killContext.ts";

/**
 * Follows provisioned concurrency that a restore requested until Lambda has allocated it or given up, in the Kills view. Ends when the
 * user stops it or another account is connected.
 */
export async function followAllocations(
  { account, store, log }: Pick<KillContext, "account" | "store" | "log">,
  key: string,
  restored: readonly RestoredFunction[],
): Promise<void> {
  for (const { name, record } of restored) {
    const requested = (record?.before.provisioned ?? []).reduce((sum, each) => sum + each.requested, 0);
    store.setAllocation(key, name, { key, name, requested });
  }
  try {
    await account.withSession(async ({ session, isCurrent }) => {
      if (accountKey(session.identity) !== key) return;
      await Promise.all(restored.map((each) => followOne(each, isCurrent)));

      async function followOne(each: RestoredFunction, current: () => boolean): Promise<void> {
        const { followAllocation } = await import("#aws");
        const abort = new AbortController();
        const look = () => {
          if (!store.follows(key, each.name) || !current()) abort.abort();
        };
        const listening = Disposable.from(
          { dispose: store.onDidChange(look).dispose },
          { dispose: account.onDidChange(look).dispose },
        );
        const { name, outcome, message } = await followAllocation(session, each, { signal: abort.signal });
        listening.dispose();
        if (!store.follows(key, name) || !current()) return;
        const why =
          outcome === "partial" ? message : outcome === "warming" ? "It is not allocated after 10 minutes." : undefined;
        store.setAllocation(key, name, why === undefined ? undefined : { key, name, requested: 0, failed: why });
        await account.refreshFunction(name);
      }
    });
  } catch (error) {
    log.warn("Provisioned concurrency is no longer followed.", error);
  } finally {
    // Of what failed the row stays until somebody takes it away.
    for (const { name } of restored) store.forgetAllocation(key, name);
  }
}
