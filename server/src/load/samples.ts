import { outcomes, type Sample } from "#core";
import type { Answer } from "./target.ts";

/** All requests of a run, in the order in which they started; it gives those that ended. */
export interface Samples extends Iterable<Sample> {
  /** A request starts now; gives its number. */
  begin(intended: number, started: number, inFlight: number): number;
  end(index: number, ended: number, answer: Answer): void;
}

/** Requests per block: columns of numbers take a tenth of what an object per request takes. */
const BLOCK = 8192;
const OPEN = 255;
const RAN = 1;
const MAYBE_THROTTLED = 2;
/** Texts of errors may differ from request to request; so many different ones are kept. */
const MOST_REASONS = 200;

interface Block {
  readonly intended: Float64Array;
  readonly started: Float64Array;
  readonly ended: Float64Array;
  readonly inFlight: Uint32Array;
  readonly status: Uint16Array;
  readonly outcome: Uint8Array;
  readonly reason: Uint8Array;
  /** Bits: the function ran, it may have been throttled. */
  readonly flags: Uint8Array;
}

/** No request yet. */
export function createSamples(): Samples {
  const blocks: Block[] = [];
  const reasons: string[] = [];
  let count = 0;

  function reasonCode(reason: string): number {
    const known = reasons.indexOf(reason);
    if (known >= 0) return known;
    if (reasons.length === MOST_REASONS) return reasonCode("other");
    if (reasons.length > MOST_REASONS) return MOST_REASONS;
    return reasons.push(reason) - 1;
  }

  return {
    begin(intended, started, inFlight) {
      const index = count++;
      const at = index % BLOCK;
      if (at === 0) blocks.push(emptyBlock());
      const block = blocks[blocks.length - 1] as Block;
      block.intended[at] = intended;
      block.started[at] = started;
      block.inFlight[at] = inFlight;
      return index;
    },
    end(index, ended, { outcome, status, reason = "", maybeThrottled = false, ran = outcome === "served" }) {
      const block = blocks[Math.floor(index / BLOCK)] as Block;
      const at = index % BLOCK;
      block.ended[at] = ended;
      block.outcome[at] = outcomes.indexOf(outcome);
      block.status[at] = status;
      block.reason[at] = reasonCode(reason);
      block.flags[at] = (ran ? RAN : 0) | (maybeThrottled ? MAYBE_THROTTLED : 0);
    },
    *[Symbol.iterator]() {
      for (let index = 0; index < count; index++) {
        const block = blocks[Math.floor(index / BLOCK)] as Block;
        const at = index % BLOCK;
        const outcome = outcomes[block.outcome[at] ?? OPEN];
        if (outcome === undefined) continue;
        yield {
          intended: block.intended[at] ?? 0,
          started: block.started[at] ?? 0,
          ended: block.ended[at] ?? 0,
          outcome,
          status: block.status[at] ?? 0,
          reason: reasons[block.reason[at] ?? 0] ?? "",
          inFlight: block.inFlight[at] ?? 0,
          ran: ((block.flags[at] ?? 0) & RAN) !== 0,
          maybeThrottled: ((block.flags[at] ?? 0) & MAYBE_THROTTLED) !== 0,
        };
      }
    },
  };
}

function emptyBlock(): Block {
  return {
    intended: new Float64Array(BLOCK),
    started: new Float64Array(BLOCK),
    ended: new Float64Array(BLOCK),
    inFlight: new Uint32Array(BLOCK),
    status: new Uint16Array(BLOCK),
    outcome: new Uint8Array(BLOCK).fill(OPEN),
    reason: new Uint8Array(BLOCK),
    flags: new Uint8Array(BLOCK),
  };
}
