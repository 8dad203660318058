/** Numbers from 0 (included) to 1 (excluded). */
export type Random = () => number;

/** A repeatable sequence (mulberry32), so that two runs of the demo account look alike. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How many independent events happen where `mean` are expected. */
export function poisson(mean: number, random: Random): number {
  if (mean <= 0) return 0;
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}

/** A duration in milliseconds from a log-normal distribution with this median and 95th percentile. */
export function duration(median: number, p95: number, random: Random): number {
  return Math.max(1, median * Math.exp(spread(median, p95) * normal(random)));
}

/** Mean of such durations, in milliseconds. */
export function meanDuration(median: number, p95: number): number {
  return median * Math.exp(spread(median, p95) ** 2 / 2);
}

function spread(median: number, p95: number): number {
  return Math.log(Math.max(p95, median) / median) / 1.645;
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
