import type { KillList, ListedKill } from "#aws";
import type { ReadingProblem } from "#core";

/** What the tags of an account tell of its kills, and which account that is. */
export interface AccountKills {
  /** `accountKey`. */
  readonly key: string;
  readonly list: KillList;
}

/** All kills that are known: of this machine, and of the connected account from anywhere. */
export interface KnownKills {
  readonly kills: readonly ListedKill[];
  readonly broken: KillList["broken"];
  readonly problems: readonly ReadingProblem[];
  /** Key of the account whose tags were read. */
  readonly read?: string;
}

/**
 * Lays a fresh reading of this machine's journal over what the account's tags said, which may be older: a kill that has left the journal
 * was restored here.
 */
export function mergeKills(local: KillList, account: AccountKills | undefined): KnownKills {
  if (account === undefined) return { kills: local.kills, broken: local.broken, problems: local.problems };
  const { key, list } = account;
  const fresh = new Map(local.kills.map((kill) => [kill.record.id, kill]));
  const own = list.kills.flatMap((kill): readonly ListedKill[] => {
    const here = fresh.get(kill.record.id);
    if (here !== undefined) {
      const { source, elsewhere } = kill;
      const tagged = here.tagged || kill.tagged;
      return [{ ...here, source, tagged, ...(elsewhere === undefined ? {} : { elsewhere }) }];
    }
    return kill.source === "tags" ? [kill] : [];
  });
  const known = new Set(own.map(({ record }) => record.id));
  const places = new Set(local.broken.map(({ where }) => where));
  return {
    kills: [...own, ...local.kills.filter(({ record }) => !known.has(record.id))],
    broken: [...local.broken, ...list.broken.filter(({ where }) => !places.has(where))],
    problems: list.problems,
    read: key,
  };
}
