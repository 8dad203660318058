import { many, num } from "../wording/words.ts";

/** So many requests by so many workers; each worker sends its next request when the one before is answered, as `hey` does. */
export interface ClosedLoop {
  readonly kind: "closed";
  readonly requests: number;
  readonly workers: number;
}

/** Requests that arrive whether or not earlier ones are answered. */
export interface OpenLoop {
  readonly kind: "open";
  /** Requests per second. */
  readonly rate: number;
  /** Seconds in which requests are sent. */
  readonly seconds: number;
  /** At equal distances, or independently of each other (a Poisson process). */
  readonly arrivals: "constant" | "poisson";
}

/** How requests are sent. */
export type LoadShape = ClosedLoop | OpenLoop;

/** What no load test may exceed: a slip of the hand should not cost more than a cup of coffee. */
export const loadMaxima = { requests: 100_000, workers: 1000, rate: 2000, seconds: 900 } as const;

/** What a load test may not exceed here. */
export type LoadMaxima = Readonly<Record<keyof typeof loadMaxima, number>>;

/** The maxima with those that a setting lowers; what is no positive number, or would raise one, counts for nothing. */
export function loweredMaxima(setting: unknown): LoadMaxima {
  const wanted = typeof setting === "object" && setting !== null ? Object.entries(setting) : [];
  const given = new Map<string, unknown>(wanted);
  const lower = (name: keyof LoadMaxima) => {
    const value = given.get(name);
    return typeof value === "number" && value > 0 ? Math.min(value, loadMaxima[name]) : loadMaxima[name];
  };
  return { requests: lower("requests"), workers: lower("workers"), rate: lower("rate"), seconds: lower("seconds") };
}

/** Requests of the whole load; of random arrivals, as many as are expected. */
export function requestsOf(shape: LoadShape): number {
  return shape.kind === "closed" ? shape.requests : Math.ceil(shape.rate * shape.seconds);
}

/** Why this load is not sent, as a sentence; undefined: it may be. */
export function shapeProblem(shape: LoadShape, maxima: LoadMaxima = loadMaxima): string | undefined {
  const { requests, workers, rate, seconds } = maxima;
  const asked = requestsOf(shape);
  if (asked > requests) return `${num(asked)} requests are too many: a load test sends at most ${num(requests)}.`;
  if (shape.kind === "closed")
    return shape.workers > workers ? `${num(shape.workers)} workers are too many: at most ${num(workers)}.` : undefined;
  if (shape.rate > rate) return `${num(shape.rate)} requests per second are too many: at most ${num(rate)}.`;
  return shape.seconds > seconds ? `${num(shape.seconds)} s are too long: at most ${num(seconds)} s.` : undefined;
}

/** A load in a few words: `5,000 requests by 50 workers`. */
export function shapeText(shape: LoadShape): string {
  if (shape.kind === "closed") return `${many(shape.requests, "request")} by ${many(shape.workers, "worker")}`;
  const how = shape.arrivals === "poisson" ? "at random moments" : "at equal distances";
  return `${num(shape.rate)} requests per second for ${num(shape.seconds)} s, ${how}`;
}
