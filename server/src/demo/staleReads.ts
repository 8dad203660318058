import { isDeepStrictEqual } from "node:util";
import type { RegionState } from "./account/state.ts";
import type { Random } from "./engine/random.ts";
import type { Fault } from "./faults.ts";
import type { Region } from "./region.ts";

/** How far a stale read may lag where the fault does not say, in milliseconds of demo time. */
const LAG = 3000;

/** Earlier versions that are kept. */
const MOST = 500;

interface Version {
  readonly from: number;
  readonly state: RegionState;
}

/** Reads that lag behind what was changed, as the faults `stale` and `stale-tags` want them. */
export class StaleReads {
  readonly #random: Random;
  /** Versions of each Region, the newest last; kept only while such a fault is on. */
  #versions = new Map<string, readonly Version[]>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** Remembers how the Region is now. Called before and after each call while one of the faults is on. */
  look({ state }: Region, now: number): void {
    const known = this.#versions.get(state.region) ?? [];
    if (known.length > 0 && isDeepStrictEqual(known.at(-1)?.state, state)) return;
    this.#versions.set(state.region, [...known.slice(-MOST), { from: now, state: structuredClone(state) }]);
  }

  /** Forgets all: no such fault is on. */
  clear(): void {
    this.#versions.clear();
  }

  /** The Region as a read that these faults strike sees it. */
  seen(region: Region, faults: readonly Fault[], now: number): Region {
    const versions = this.#versions.get(region.state.region) ?? [];
    let { state } = region;
    for (const { kind, ms = LAG } of faults) {
      const oldest = versions.findLastIndex(({ from }) => from <= now - ms);
      const visible = versions.slice(Math.max(0, oldest));
      // Any moment of the last `ms` will do, also one before what the last read has seen.
      if (kind === "stale") state = visible[Math.floor(this.#random() * visible.length)]?.state ?? state;
      if (kind === "stale-tags") state = withTags(state, visible[0]?.state);
    }
    return { ...region, state };
  }
}

function withTags(state: RegionState, old: RegionState | undefined): RegionState {
  const tagsOf = new Map(old?.functions.map(({ name, tags }) => [name, tags]));
  const functions = state.functions.map((one) => ({ ...one, tags: tagsOf.get(one.name) ?? one.tags }));
  return { ...state, functions };
}
