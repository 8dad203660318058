/** Takes one token, or says that there is none. */
export type Bucket = (now: number, perSecond: number) => boolean;

/** A bucket that holds what flows in during so many seconds; it is full at the start. `now` is in milliseconds. */
export function tokenBucket(seconds = 1): Bucket {
  let tokens: number | undefined;
  let last = 0;
  return (now, perSecond) => {
    const full = perSecond * seconds;
    tokens = Math.min(full, (tokens ?? full) + (Math.max(0, now - last) / 1000) * perSecond);
    last = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

/** Lambda's management calls per second: GetFunction and GetPolicy have a bucket each, all others share one. */
const rates: Readonly<Record<string, number>> = { GetFunction: 100, GetPolicy: 15 };
const shared = 15;
const free = new Set(["Invoke", "InvokeFunctionUrl"]);

/** Counts management calls; says whether this one may pass. */
export function managementBuckets(): (action: string, now: number) => boolean {
  const buckets = new Map<string, Bucket>();
  return (action, now) => {
    if (free.has(action)) return true;
    const name = action in rates ? action : "";
    const bucket = buckets.get(name) ?? tokenBucket();
    buckets.set(name, bucket);
    return bucket(now, rates[name] ?? shared);
  };
}
