import type { EventEmitter } from "vscode";
import { accountKey } from "#core";
import { systemClock } from "../clock.ts";
import type { KillParts } from "./killContext.ts";
import { journalOf } from "./killJournal.ts";
import { KillsStore } from "./killsStore.ts";

/** The store of this window: the journal of this machine, the tags of the connected account, the clock. */
export function createKillsStore({ account, log }: KillParts, changes: EventEmitter<void>): KillsStore {
  return new KillsStore({
    changes,
    clock: systemClock,
    async readLocal() {
      const { listKills } = await import("#aws");
      return listKills({ journal: await journalOf() });
    },
    async readAccount() {
      if (account.state.kind !== "connected") return undefined;
      const { listKills } = await import("#aws");
      const journal = await journalOf();
      return account.withSession(async ({ session }) => ({
        key: accountKey(session.identity),
        list: await listKills({ journal, session }),
      }));
    },
    warn: (message, error) => log.warn(message, error),
  });
}
