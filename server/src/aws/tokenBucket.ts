/** Where a rate limiter takes its time from; tests bring their own. */
export interface RateLimiterClock {
  /** Milliseconds; only differences matter. */
  now(): number;
  /** Resolves after this many milliseconds; rejects when the signal is aborted first. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Lets calls pass at a rate that halves when the other side complains and recovers while it does not. */
export interface TokenBucket {
  /** Calls per second it lets pass at this moment. */
  readonly rate: number;
  /** Takes a token and gives 0, or takes none and says after how many milliseconds to ask again. */
  take(): number;
  /** The other side said 429: halves the rate, down to a sixteenth, and lets nothing pass for this many milliseconds, then one. */
  slowDown(silence: number): void;
  /** A call was answered: brings the rate back by a fiftieth of the full one. */
  recover(): void;
}

/** A bucket of `burst` tokens, full at first, that fills at `fullRate` per second. */
export function createTokenBucket(fullRate: number, burst: number, clock: Pick<RateLimiterClock, "now">): TokenBucket {
  let rate = fullRate;
  let tokens = burst;
  /** Until when `tokens` is right; in the future while nothing may pass. */
  let filledAt = clock.now();
  const fill = () => {
    const now = clock.now();
    if (now <= filledAt) return;
    tokens = Math.min(burst, tokens + ((now - filledAt) * rate) / 1000);
    filledAt = now;
  };
  return {
    get rate() {
      return rate;
    },
    take() {
      fill();
      const silence = Math.max(0, filledAt - clock.now());
      // Tokens are sums of fractions: nearly one is one.
      if (silence === 0 && tokens > 1 - 1e-6) {
        tokens = Math.max(0, tokens - 1);
        return 0;
      }
      return silence + Math.max(0, ((1 - tokens) * 1000) / rate);
    },
    slowDown(silence) {
      fill();
      rate = Math.max(fullRate / 16, rate / 2);
      tokens = 1;
      filledAt = Math.max(filledAt, clock.now() + silence);
    },
    recover() {
      fill();
      rate = Math.min(fullRate, rate + fullRate / 50);
    },
  };
}
