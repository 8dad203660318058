import { type LoadShape, shapeProblem } from "#core";
import { UsageError } from "../exitCodes.ts";
import type { OptionSpecs, Options } from "../options.ts";

/** Options that say how requests are sent. */
export const shapeOptions = {
  requests: { short: "n", value: "N", wholeNumberFrom: 1, help: "so many requests, as fast as they are answered" },
  workers: { short: "c", value: "N", wholeNumberFrom: 1, help: "so many at a time (with --requests; default 50)" },
  rate: { value: "R", help: "requests per second, whether or not earlier ones are answered" },
  duration: { value: "TIME", help: "how long to send at that rate: 30s, 5m" },
  arrivals: {
    value: "KIND",
    choices: ["constant", "poisson"],
    help: "constant: at equal distances (default); poisson: at random moments, as independent callers come",
  },
} as const satisfies OptionSpecs;

const WORKERS = 50;

/** How requests are sent. Throws a `UsageError` for what is incomplete, contradicts itself or is too much. */
export function shapeOf(options: Options): LoadShape {
  const shape = options.has("rate") || options.has("duration") ? openLoop(options) : closedLoop(options);
  const problem = shapeProblem(shape);
  if (problem !== undefined) throw new UsageError(problem);
  return shape;
}

function closedLoop(options: Options): LoadShape {
  const requests = options.number("requests");
  if (requests === undefined)
    throw new UsageError("Say how much: -n REQUESTS -c WORKERS, or --rate R --duration TIME.");
  if (options.has("arrivals")) throw new UsageError("--arrivals goes with --rate and --duration.");
  return { kind: "closed", requests, workers: Math.min(requests, options.number("workers") ?? WORKERS) };
}

function openLoop(options: Options): LoadShape {
  for (const other of ["requests", "workers"])
    if (options.has(other)) throw new UsageError(`--${other} and --rate exclude each other: --duration says how much.`);
  const [rate, duration] = [options.text("rate"), options.text("duration")];
  if (rate === undefined || duration === undefined) throw new UsageError("--rate and --duration go together.");
  if (!/^\d{1,9}(\.\d{1,3})?$/.test(rate) || Number(rate) === 0)
    throw new UsageError(`--rate takes requests per second, such as 20 or 0.5, not "${rate}".`);
  return {
    kind: "open",
    rate: Number(rate),
    seconds: secondsOf("duration", duration),
    arrivals: options.text("arrivals") === "poisson" ? "poisson" : "constant",
  };
}

const units = { s: 1, m: 60 } as const;

/** Seconds of `30s` or `5m`. Throws a `UsageError`. */
export function secondsOf(option: string, text: string): number {
  const [, count, unit] = /^(\d{1,6})(s|m)$/.exec(text) ?? [];
  if (count === undefined || Number(count) === 0) throw new UsageError(`--${option} takes 30s or 5m, not "${text}".`);
  return Number(count) * units[unit as keyof typeof units];
}
