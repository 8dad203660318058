/** Lambda's management API counts calls in two buckets per account and Region: GetFunction in one (100 per second), all others together in another (15). */
export type Bucket = "getFunction" | "other";

/** Keeps calls below the rates of the account, which deployments need too, and slows down when Lambda says 429. */
export interface Pace {
  /** Runs a call when the bucket has room; after a 429 it waits (`Retry-After`, else backing off with jitter), slows the bucket and tries again, up to 8 times. */
  run<T>(bucket: Bucket, call: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Calls made so far, by bucket, repeats included, and how many were answered 429. */
  readonly counts: { readonly getFunction: number; readonly other: number; readonly throttled: number };
}
