import type { Pool } from "../analysis.ts";
import { boundsOf, sum } from "../ledger/bounds.ts";
import { largestInDeployment } from "../ledger/deployment.ts";
import { headroomOf } from "../ledger/headroom.ts";
import { largestFor } from "../pools/largest.ts";
import { isUnknown, valueText } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import { requestsText } from "./poolText.ts";
import type { Use } from "./uses.ts";

/** `Max 350 here: at most 3,500 requests per second (10 × 350)`; where the account has less left, that and what the files alone leave. */
export function largestText({ pool, claim }: Use): string {
  const { value, now } = largestFor(pool, [claim]);
  const when = now
    ? ` now, with what AWS has left (by the files alone ${valueText(headroomOf(pool.ledger, claim))})`
    : " here";
  if (value === null) return "";
  if (value === 0) return `Max 0${when}: no positive reservation fits`;
  if (!isUnknown(value)) return `Max ${num(value)}${when}: ${requestsText(value)}`;
  const best = value.max === undefined ? "" : `, best case ${num(value.max)}`;
  return `Max${now ? " now" : ""}: worst case ${num(value.min ?? 0)}${best}`;
}

/** How much more it would be if Lambda gave back provisioned concurrency; empty where its stack holds none without a reservation. */
export function creditText({ pool, claim }: Use): string {
  const deployment = pool.live?.deployments.stacks.get(claim.stack)?.deployment;
  if (!deployment || deployment.held.max === deployment.reserved.max) return "";
  const own = sum([claim.claim]);
  const without = boundsOf(largestInDeployment(deployment, own, 1)).max;
  const credited = boundsOf(largestInDeployment({ ...deployment, reserved: deployment.held }, own, 1)).max;
  if (without === undefined || credited === undefined || credited <= without) return "";
  return `Up to ${num(credited)} if Lambda gives back provisioned concurrency, which no recorded answer shows`;
}

/** `max 350`; `max 300 now` where what AWS has left bounds it. */
export function maxLabel(pool: Pool, claims: Parameters<typeof largestFor>[1]): string {
  const { value, now } = largestFor(pool, claims);
  return `max ${valueText(value)}${now ? " now" : ""}`;
}
