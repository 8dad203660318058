import type { OpenLoop } from "#core";

/**
 * When the requests of an open loop are to start, in milliseconds since its beginning, in order.
 * @param random 0 up to below 1; draws the distances of a Poisson process
 */
export function* arrivals({ rate, seconds, arrivals: kind }: OpenLoop, random: () => number): Generator<number> {
  const end = seconds * 1000;
  if (kind === "constant") {
    // Multiplied, not added up: rounding must not drift.
    for (let index = 0; (index * 1000) / rate < end; index++) yield (index * 1000) / rate;
    return;
  }
  for (let at = distance(rate, random); at < end; at += distance(rate, random)) yield at;
}

/** Between two arrivals that know nothing of each other: exponentially distributed. */
function distance(rate: number, random: () => number): number {
  return (-Math.log(1 - random()) * 1000) / rate;
}
