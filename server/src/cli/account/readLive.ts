import type { AccountChoice } from "#aws";
import {
  type AccountIdentity,
  type AccountSnapshot,
  type AnalysisOptions,
  accountKey,
  type Pool,
  type PoolLink,
  type ReadFirst,
  readFirst,
} from "#core";
import { complain } from "../complain.ts";
import { exitCodes } from "../exitCodes.ts";
import type { Io } from "../io.ts";
import { accountFailure } from "./failure.ts";
import { type LiveChoice, linkOf, regionsToRead, standingOf } from "./livePools.ts";
import { openAccount } from "./openAccount.ts";
import { accountName, complainOf, isWhole, readAccount } from "./readAccount.ts";

/** What accounts say about the pools, and how completely they could be asked. */
export interface LiveFacts {
  readonly facts: Pick<AnalysisOptions, "snapshots" | "links" | "linkAll">;
  readonly code: number;
}

/** A reading under way. */
interface Reading {
  readonly live: LiveChoice;
  readonly io: Io;
  readonly signal: AbortSignal;
  readonly snapshots: Map<string, AccountSnapshot>;
  readonly links: PoolLink[];
  readonly isEnough: (snapshot: AccountSnapshot) => boolean;
  code: number;
}

/**
 * Reads the account of each pool, Region by Region, with the same credentials. Says on stderr what is not read and why.
 * @param isEnough is so much of an account enough for a success?
 */
export async function readLive(
  pools: readonly Pool[],
  choice: AccountChoice,
  io: Io,
  signal: AbortSignal,
  isEnough: (snapshot: AccountSnapshot) => boolean = isWhole,
): Promise<LiveFacts> {
  const live: LiveChoice = {
    explicit: choice.profile !== undefined || choice.region !== undefined,
    named: pools.some(({ account }) => account !== null),
  };
  const reading: Reading = { live, io, signal, snapshots: new Map(), links: [], isEnough, code: exitCodes.done };
  for (const region of regionsToRead(pools, choice.region)) {
    const concerned = pools.filter((pool) => choice.region !== undefined || pool.region === (region ?? null));
    await readRegion(concerned, region === undefined ? choice : { ...choice, region }, reading);
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

async function readRegion(pools: readonly Pool[], choice: AccountChoice, reading: Reading): Promise<void> {
  const { io, signal, live, snapshots, links } = reading;
  try {
    const session = await openAccount(choice, io, signal);
    try {
      const { identity } = session;
      const wanted = pools.filter((pool) => accept(pool, identity, reading));
      // Whoever chose one account in so many words has the others checked elsewhere; with none left, nothing was compared.
      const passedOver = pools.filter((pool) => !wanted.includes(pool));
      if (passedOver.some(isBudgeted) && (!live.explicit || wanted.length === 0)) fail(exitCodes.account, reading);
      if (wanted.length === 0) return;
      const key = accountKey(identity);
      if (!snapshots.has(key)) {
        const snapshot = await readAccount(session, io, signal, declaredBy(wanted));
        complainOf(snapshot, io);
        if (!reading.isEnough(snapshot)) fail(exitCodes.account, reading);
        snapshots.set(key, snapshot);
      }
      links.push(...wanted.flatMap((pool) => linkOf(pool, identity) ?? []));
    } finally {
      session.close();
    }
  } catch (error) {
    fail(accountFailure(error, choice, io), reading);
  }
}

/** What the files declare is read first: it decides. */
function declaredBy(pools: readonly Pool[]): ReadFirst {
  const claims = pools.flatMap((pool) => pool.claims);
  return readFirst(claims.map(({ function: { name }, key }) => ({ name, key })));
}

function fail(code: number, reading: Reading): void {
  reading.code = Math.max(reading.code, code);
}

/** May the pool be compared with this account? If not, stderr says why. */
function accept(pool: Pool, identity: AccountIdentity, { live, io }: Reading): boolean {
  const standing = standingOf(pool, identity, live);
  if (standing === "same" || standing === "linked") return true;
  if (isBudgeted(pool)) complain(whyNot(pool, identity, standing), io);
  return false;
}

/** A template that no budget lists promises nothing about an account. */
function isBudgeted({ budget }: Pool): boolean {
  return budget !== undefined;
}

function whyNot(pool: Pool, identity: AccountIdentity, standing: "other" | "unlinked"): string {
  const who = accountName(identity);
  if (standing === "unlinked")
    return `pool ${pool.name}: its budget names no account, so it was not compared with ${who}. Add account to the budget, or give --profile or --region.`;
  const where = [
    ...(pool.account === null ? [] : [`account ${pool.account}`]),
    ...(pool.region === null ? [] : [pool.region]),
  ].join(" in ");
  return `pool ${pool.name}: it is in ${where}, and these credentials lead to ${who} in ${identity.region}, so it was not compared. Give --profile or --region for it.`;
}
