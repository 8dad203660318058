import type { WarmUp } from "#core";
import type { LoadOptions } from "./runLoad.ts";
import { runLoad } from "./runLoad.ts";
import type { LoadTarget } from "./target.ts";

/** Requests of a warm-up, and how many of them are under way at the same time. */
const REQUESTS = 10;
const WORKERS = 2;
/** A target that fails more often than this is broken. */
const MOST_FAILED = 0.5;

/** Sends 10 requests, 2 at a time. A target of which more than half fail or time out is broken; throttling is no failure. */
export async function warmUp(target: LoadTarget, options: LoadOptions = {}): Promise<WarmUp> {
  const run = await runLoad(target, { kind: "closed", requests: REQUESTS, workers: WORKERS }, options);
  // Behind API Gateway throttling looks like a failure.
  const failed = run.outcomes.failed.count - run.maybeThrottled + run.outcomes["timed-out"].count;
  return { run, broken: run.requests > 0 && failed > MOST_FAILED * run.requests };
}
