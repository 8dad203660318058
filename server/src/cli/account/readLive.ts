import type { AccountChoice } from "#aws";
import { type AccountIdentity, type AccountSnapshot, type AnalysisOptions, accountKey, type Pool } from "#core";
import { exitCodes, type Io } from "../io.ts";
import { accountFailure, complain } from "./failure.ts";
import { type LiveChoice, linkOf, regionsToRead, standingOf } from "./livePools.ts";
import { openAccount } from "./openAccount.ts";
import { accountName, complainOf, isWhole, readAccount } from "./readAccount.ts";

/** What accounts say about the pools, and how completely they could be asked. */
export interface LiveFacts {
  readonly facts: Pick<AnalysisOptions, "snapshots" | "links" | "linkAll">;
  readonly code: number;
}

interface Reading {
  readonly snapshots: Map<string, AccountSnapshot>;
  readonly links: NonNullable<AnalysisOptions["links"]>[number][];
  /** Pools that an account was found for, and those that were complained about. */
  readonly settled: Set<Pool>;
  code: number;
}

/** Reads the account of each pool, Region by Region, with the same credentials. Says on stderr what is not read and why. */
export async function readLive(
  pools: readonly Pool[],
  choice: AccountChoice,
  io: Io,
  signal: AbortSignal,
): Promise<LiveFacts> {
  const live: LiveChoice = {
    explicit: choice.profile !== undefined || choice.region !== undefined,
    named: pools.some(({ account }) => account !== null),
  };
  const reading: Reading = { snapshots: new Map(), links: [], settled: new Set(), code: exitCodes.done };
  for (const region of regionsToRead(pools, choice.region)) {
    const concerned = pools.filter((pool) => choice.region !== undefined || pool.region === (region ?? null));
    await readRegion(concerned, { ...choice, ...(region !== undefined && { region }) }, live, reading, io, signal);
    if (signal.aborted) break;
  }
  const snapshots = [...reading.snapshots.values()];
  // A pool of several templates has no file to link; it takes the only account that was read.
  const linkAll = snapshots.length === 1 && (live.explicit || !live.named);
  return {
    facts: { snapshots, links: reading.links, linkAll },
    code: signal.aborted ? exitCodes.cancelled : reading.code,
  };
}

async function readRegion(
  pools: readonly Pool[],
  choice: AccountChoice,
  live: LiveChoice,
  reading: Reading,
  io: Io,
  signal: AbortSignal,
): Promise<void> {
  const fail = (code: number) => {
    reading.code = Math.max(reading.code, code);
  };
  try {
    const session = await openAccount(choice, io, signal);
    try {
      const { identity } = session;
      const wanted = pools.filter((pool) => accept(pool, identity, live, reading, io, fail));
      if (wanted.length === 0) {
        if (live.explicit && pools.length > 0) fail(exitCodes.account);
        return;
      }
      const key = accountKey(identity);
      if (!reading.snapshots.has(key)) {
        const snapshot = await readAccount(session, io, signal);
        complainOf(snapshot, io);
        if (!isWhole(snapshot)) fail(exitCodes.account);
        reading.snapshots.set(key, snapshot);
      }
      for (const pool of wanted) {
        const link = linkOf(pool, identity);
        if (link !== undefined) reading.links.push(link);
      }
    } finally {
      session.close();
    }
  } catch (error) {
    fail(accountFailure(error, choice, io));
  }
}

/** May the pool be compared with this account? If not, stderr says why. */
function accept(
  pool: Pool,
  identity: AccountIdentity,
  live: LiveChoice,
  reading: Reading,
  io: Io,
  fail: (code: number) => void,
): boolean {
  const standing = standingOf(pool, identity, live);
  if (standing === "same" || standing === "linked") return true;
  if (pool.budget === undefined || reading.settled.has(pool)) return false;
  reading.settled.add(pool);
  // Whoever chose one account in so many words has the others checked elsewhere.
  if (!live.explicit) fail(exitCodes.account);
  complain(whyNot(pool, identity, standing), io);
  return false;
}

function whyNot(pool: Pool, identity: AccountIdentity, standing: "other" | "unlinked"): string {
  const who = accountName(identity);
  if (standing === "unlinked")
    return `pool ${pool.name}: its budget names no account, so it was not compared with ${who}. Add account to the budget, or give --profile or --region.`;
  const where = [
    ...(pool.account === null ? [] : [`account ${pool.account}`]),
    ...(pool.region === null ? [] : [pool.region]),
  ].join(" in ");
  return `pool ${pool.name}: it is in ${where}, and these credentials are of ${who} in ${identity.region}, so it was not compared. Give --profile or --region for it.`;
}
