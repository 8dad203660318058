import type { Pool } from "../analysis.ts";
import { isExact, shortOfDeployment, shortWithoutCredit } from "../ledger/deployment.ts";
import { maxRequestsPerSecond, overshootOf } from "../ledger/headroom.ts";
import type { Value } from "../model.ts";
import { hardestDeployment, leftInAccount } from "../pools/verdict.ts";
import { boundsText, isUnknown, valueText } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import { plain } from "./markdown.ts";

const BAR_WIDTH = 20;

/** `███████▒▒░░░░`: claimed, perhaps claimed, free. Anything above the limit does not make it longer. */
export function poolBar(pool: Pool): string {
  const { min, max } = pool.ledger.claimedBounds;
  const cells = (value: number) =>
    Math.min(BAR_WIDTH, Math.round((BAR_WIDTH * Math.max(0, value)) / Math.max(1, pool.limit)));
  const sure = min > 0 ? Math.max(1, cells(min)) : 0;
  const perhaps = Math.max(0, (max === undefined ? BAR_WIDTH : cells(max)) - sure);
  return "█".repeat(sure) + "▒".repeat(perhaps) + "░".repeat(BAR_WIDTH - sure - perhaps);
}

/** `750 of 1,000 claimed`; an assumed limit says so. */
export function claimedText(pool: Pool): string {
  const assumed = pool.limitSource === "assumed" ? "an assumed " : "";
  return `${boundsText(pool.ledger.claimedBounds)} of ${assumed}${num(pool.limit)} claimed`;
}

/**
 * `150 left · fits`, `200 too many`, `cannot be deployed`, `cannot tell: 200 too many at worst, 50 left at best`; where what AWS has left decides:
 * `cannot be deployed now: 200 too many in AWS`.
 */
export function verdictText(pool: Pool): string {
  const { ledger } = pool;
  const overshoot = overshootOf(ledger);
  if (ledger.verdict === "over") return `${atLeast(overshoot)} too many`;
  if (ledger.refused === "certainly") return "cannot be deployed";
  const inAws = verdictInAws(pool);
  if (inAws !== undefined) return inAws;
  if (ledger.verdict === "fits") return `${headroomNow(pool)} left · fits`;
  if (overshoot === 0) return `cannot tell: AWS may refuse it, else ${headroomNow(pool)} left`;
  const worst = highest(overshoot);
  const best = highest(ledger.headroom);
  const atWorst = worst === undefined ? "a value is unknown" : `${num(worst)} too many at worst`;
  return `cannot tell: ${atWorst}, ${best === undefined ? "an unknown number" : num(best)} left at best`;
}

/** What the account has against it; undefined where it has nothing, or was not read. */
function verdictInAws(pool: Pool): string | undefined {
  const deployment = hardestDeployment(pool);
  if (deployment === undefined || deployment.verdict === "fits") return undefined;
  if (deployment.verdict === "over")
    return `cannot be deployed now: ${num(shortOfDeployment(deployment))} too many in AWS`;
  if (!isExact(deployment)) return "cannot tell: the account does not say what AWS has left";
  return deployment.verdict === "credit"
    ? `cannot tell: ${num(shortWithoutCredit(deployment))} too many in AWS unless Lambda gives back provisioned concurrency`
    : "cannot tell: a value of the account or the files is unknown";
}

/** Of the files, and of the account once all of them are deployed: the smaller. */
function headroomNow(pool: Pool): string {
  const { headroom } = pool.ledger;
  const left = leftInAccount(pool);
  if (typeof headroom !== "number" || left === undefined) return atLeast(headroom);
  return boundsText({ min: Math.min(headroom, left.min), max: Math.min(headroom, left.max ?? headroom) });
}

/** The bar with its numbers in monospace, and the verdict. */
export function poolLine(pool: Pool): string {
  return `\`${poolBar(pool)} ${claimedText(pool)} · ${num(pool.floor)} floor\` ${verdictText(pool)}`;
}

/** What the verdict rests on beside the files; nothing when limit and floor are stated. */
export function assumptionsText(pool: Pool): string {
  return pool.assumptions.map(plain).join(" ");
}

/** What is certain of a number that may not be decided. */
function atLeast(value: Value): string {
  return isUnknown(value) ? `at least ${num(value.min ?? 0)}` : valueText(value);
}

function highest(value: Value): number | undefined {
  return isUnknown(value) ? value.max : (value ?? undefined);
}

/** `at most 2,000 requests per second (10 × 200)`. */
export function requestsText(concurrency: number): string {
  const perSecond = maxRequestsPerSecond(concurrency);
  return `at most ${num(perSecond)} requests per second (${maxRequestsPerSecond(1)} × ${num(concurrency)})`;
}
