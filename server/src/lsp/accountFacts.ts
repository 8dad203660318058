import { type AccountSnapshot, accountKey, checkSnapshot, type PoolLink } from "#core";
import { canonicalUri } from "#workspaceFiles";

/** What the client last said about the account. */
export interface AccountFacts {
  readonly snapshots: readonly AccountSnapshot[];
  readonly links: readonly PoolLink[];
  /** Of the message; 0 when nothing was said, or a client does not count. */
  readonly revision: number;
  /** The account does not answer any more. */
  readonly outdated: boolean;
}

/** Nobody is connected. */
export const noAccount: AccountFacts = { snapshots: [], links: [], revision: 0, outdated: false };

/** What is missing or of the wrong form is as if nobody were connected. */
export function readAccount(sent: unknown): AccountFacts {
  const { snapshot, links, revision, outdated } = asRecord(sent);
  const checked = checkSnapshot(snapshot);
  return {
    snapshots: checked ? [checked] : [],
    links: Array.isArray(links) ? links.filter(isLink).map((link) => ({ ...link, uri: canonicalUri(link.uri) })) : [],
    revision: typeof revision === "number" ? revision : 0,
    outdated: outdated === true,
  };
}

/** While an account is read again, what was known of it stays until the reading has ended: otherwise everything would vanish and come back. */
export function keepWhileReading(sent: AccountFacts, known: AccountFacts): AccountFacts {
  const [before] = known.snapshots;
  const snapshots = sent.snapshots.map((snapshot) => {
    if (before === undefined || snapshot.reading.state !== "reading" || before.reading.state === "reading") {
      return snapshot;
    }
    return accountKey(snapshot.identity) === accountKey(before.identity) ? before : snapshot;
  });
  return { ...sent, snapshots };
}

function isLink(sent: unknown): sent is PoolLink {
  const { uri, pool, account, region } = asRecord(sent);
  return [uri, pool, account, region].every((each) => typeof each === "string");
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
