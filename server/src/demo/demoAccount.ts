import { type AccountFile, identityOf, regionOf } from "./account/accountFile.ts";
import { defaultAccount } from "./account/defaultAccount.ts";
import { emptyRegion, type Identity, type RegionState } from "./account/state.ts";
import { loadState, saveState } from "./account/stateFile.ts";
import { type Clock, scaledClock } from "./engine/clock.ts";
import { settleQuotaRequests } from "./engine/quotaRequests.ts";
import { seededRandom } from "./engine/random.ts";
import { type Fault, Faults, parseFault } from "./faults.ts";
import { createRegion, type Region } from "./region.ts";
import { StaleReads } from "./staleReads.ts";

const TRAFFIC_TICK = 250;
const HISTORY_MINUTES = 180;

/** What a demo account starts with; everything has a default. */
export interface DemoOptions {
  readonly account?: AccountFile;
  /** Replaces the account's limit. */
  readonly limit?: number;
  /** Replaces the account's floor. */
  readonly floor?: number;
  /** Default: true. */
  readonly traffic?: boolean;
  /** How much faster than the wall clock time runs. Default: 1. */
  readonly timeScale?: number;
  /** Replaces the scaled clock. */
  readonly clock?: Clock;
  /** Read at the start if it is there, written after each change. */
  readonly stateFile?: string;
  /** In addition to those of the account. */
  readonly faults?: readonly Fault[];
  /** Repeats the same random numbers. */
  readonly seed?: number;
}

/** An account with its Regions; those that no file describes are empty. */
export interface DemoAccount {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly staleReads: StaleReads;
  /** Delay of each answer, in milliseconds of demo time. */
  readonly latency: number;
  /** The Region that has the functions. */
  readonly home: string;
  /** May be replaced while the account runs, as if somebody else's credentials were in use. */
  identity: Identity;
  region(name: string): Region;
  /** Saves the state, if that was asked for. */
  changed(): void;
  /** Ends traffic and everything scheduled. */
  close(): void;
}

/** Sets an account going. Throws an `Error` with a sentence when the state file or a fault cannot be read. */
export function createDemoAccount(options: DemoOptions = {}): DemoAccount {
  const file = options.account ?? defaultAccount;
  const clock = options.clock ?? scaledClock(options.timeScale ?? 1);
  const random = seededRandom(options.seed ?? 1);
  const saved = options.stateFile === undefined ? undefined : loadState(options.stateFile);
  const identity = identityOf(saved === undefined ? file : { ...file, account: saved.account });
  const described = regionOf(file, clock.now());
  const home = described.region;
  const limits = { limit: options.limit ?? described.limit, floor: options.floor ?? described.floor };
  const regions = new Map<string, Region>();
  const add = (state: RegionState) => {
    const region = createRegion(state, identity, clock, random);
    regions.set(state.region, region);
    return region;
  };
  for (const state of saved?.regions ?? []) {
    if (options.limit !== undefined) state.limit = options.limit;
    if (options.floor !== undefined) state.floor = options.floor;
    settle(state, clock.now());
    add(state);
  }
  if (!regions.has(home)) add({ ...described, ...limits });
  const account: DemoAccount = {
    clock,
    faults: new Faults([...(file.faults ?? []).map(readFault), ...(options.faults ?? [])]),
    staleReads: new StaleReads(seededRandom(options.seed ?? 1)),
    latency: file.latency ?? 0,
    home,
    identity,
    region: (name) => regions.get(name) ?? add(emptyRegion(name, limits.limit, limits.floor)),
    changed() {
      if (options.stateFile === undefined) return;
      const states = [...regions.values()].map(({ state }) => state);
      saveState(options.stateFile, { account: identity.account, regions: states });
    },
    close: () => clock.stop(),
  };
  // A file that cannot be written is said now, not when the first change is lost.
  account.changed();
  for (const { state } of regions.values()) settleQuotaRequests(state, clock, () => account.changed());
  if (options.traffic ?? true) startTraffic(account.region(home));
  return account;
}

/** Ends what was under way when the state was saved: time may have run faster then. */
function settle(state: RegionState, now: number): void {
  for (const mapping of state.mappings) mapping.settledAt = Math.min(mapping.settledAt, now);
  for (const { provisioned } of state.functions)
    for (const config of provisioned) config.readyAt = Math.min(config.readyAt, now);
}

function startTraffic({ traffic, clock }: Region): void {
  traffic.backfill(HISTORY_MINUTES);
  const tick = () => {
    traffic.runTo(clock.now());
    clock.schedule(TRAFFIC_TICK, tick);
  };
  clock.schedule(TRAFFIC_TICK, tick);
}

function readFault(text: string): Fault {
  const fault = parseFault(text);
  if (typeof fault === "string") throw new Error(fault);
  return fault;
}
