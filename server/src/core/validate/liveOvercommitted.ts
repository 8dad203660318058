import { accountText } from "../account/accountText.ts";
import { reservedBy } from "../account/reservedBy.ts";
import type { LiveFunction } from "../account/snapshot.ts";
import type { Pool, PoolClaim, PoolLive, Stack } from "../analysis.ts";
import { type Deployment, freeFor, shortOfDeployment, shortWithoutCredit } from "../ledger/deployment.ts";
import { largestForCertain } from "../pools/largest.ts";
import { range } from "../wording/values.ts";
import { list, num } from "../wording/words.ts";
import type { Draft } from "./draft.ts";
import { poolPlace } from "./liveLimit.ts";
import { reservationsOf } from "./liveNames.ts";
import { floorText } from "./pool.ts";
import type { Scene, Site } from "./scene.ts";
import { budgetData, claimSetting, fixDataOf, sourcesOf } from "./subject.ts";

/** `live-overcommitted`: what AWS has left now is not enough for a stack that is deployed, or for all stacks of a pool. */
export function* liveOvercommitted(scene: Scene): Generator<Draft> {
  for (const pool of scene.pools) {
    const { live } = pool;
    // Where the declared claims alone are too many, that is what is said.
    if (!live?.deployments || pool.ledger.verdict === "over") continue;
    const others = scene.strangers.get(live.snapshot)?.undeclared ?? [];
    const failing = [...live.deployments.stacks].filter(
      ([, { verdict }]) => verdict === "over" || verdict === "credit",
    );
    for (const [stack, deployment] of failing) yield* onValues(scene, pool, live, stack, deployment, others);
    yield* onPool(pool, live, failing, others);
  }
}

type Failing = readonly (readonly [Stack, Deployment])[];

/** In each file of the stack, on the value that takes most more than its function holds. */
function* onValues(
  { sites }: Scene,
  pool: Pool,
  live: PoolLive,
  stack: Stack,
  deployment: Deployment,
  others: readonly LiveFunction[],
): Generator<Draft> {
  const raises = pool.claims.filter((claim) => claim.stack === stack && raiseOf(claim, live) > 0);
  const byFile = new Map<string, PoolClaim>();
  for (const claim of raises) {
    const best = byFile.get(claim.uri);
    if (!best || raiseOf(claim, live) > raiseOf(best, live)) byFile.set(claim.uri, claim);
  }
  for (const claim of byFile.values()) {
    const site = sites.find((each) => holdsClaim(each, pool, claim));
    const setting = claimSetting(claim.function);
    yield {
      rule: "live-overcommitted",
      ...severityOf(deployment),
      ...(site ? { site } : { pool }),
      place: setting.place,
      text: `${failure(deployment, pool, live, others)} ${advice(pool, claim, deployment)}`,
      related: [...sourcesOf(setting), ...besides(raises, claim)],
      data: fixDataOf(claim, pool),
    };
  }
}

/** Once on the budget: the stacks that cannot be deployed now, or that all of them cannot. */
function* onPool(pool: Pool, live: PoolLive, failing: Failing, others: readonly LiveFunction[]): Generator<Draft> {
  const place = pool.budget || failing.length === 0 ? poolPlace(pool) : undefined;
  const together = live.deployments?.together;
  if (!place || !together) return;
  const common = { rule: "live-overcommitted", pool, place, data: budgetData(pool) } as const;
  for (const [stack, deployment] of failing) {
    const text = `${failure(deployment, pool, live, others, `stack ${stack.name}`)} Lower its reservations, or free ${num(missing(deployment))} in AWS first.`;
    yield { ...common, ...severityOf(deployment), text };
  }
  if (failing.length > 0 || (together.verdict !== "over" && together.verdict !== "credit")) return;
  const text = `each stack can be deployed now, but not all of them: ${failure(together, pool, live, others, "the last")} Lower reservations, or free ${num(missing(together))} in AWS first.`;
  yield { ...common, ...severityOf(together), text };
}

/** `Deploying this will fail: 500 wanted, 300 free in account …`, with who holds the rest. */
function failure(
  deployment: Deployment,
  pool: Pool,
  { snapshot }: PoolLive,
  others: readonly LiveFunction[],
  what = "this",
): string {
  const { verdict, declared, reserved, floor, unreserved } = deployment;
  const certain = verdict === "over" ? "will fail" : "fails unless Lambda gives back provisioned concurrency";
  const now = reserved.max ? ` (${range(reserved)} held now, ${num(unreserved)} unreserved)` : "";
  const numbers = `${num(declared.min)} wanted, ${num(freeFor(deployment))} free${now} in account ${accountText(snapshot.identity)}, where ${num(floor)} must stay unreserved (${floorText(pool)})`;
  const held =
    others.length === 0
      ? ""
      : ` ${num(reservedBy(others))} ${others.length === 1 ? "is" : "are"} held by ${others.length === 1 ? "a function" : "functions"} that no file here declares: ${list(reservationsOf(others), MAX_OTHERS)}.`;
  const start = what === "this" ? "Deploying this" : `deploying ${what}`;
  return `${start} ${certain}: ${numbers}.${held}`;
}

/** Strangers that a message names; it has to stay readable. */
const MAX_OTHERS = 5;

function advice(pool: Pool, claim: PoolClaim, deployment: Deployment): string {
  const most = largestForCertain(pool, [claim]);
  const free = `free ${num(missing(deployment))} in AWS first`;
  return most > 0 ? `Set at most ${num(most)} here, or ${free}.` : `Remove it, or ${free}.`;
}

function missing(deployment: Deployment): number {
  return deployment.verdict === "over" ? shortOfDeployment(deployment) : shortWithoutCredit(deployment);
}

function severityOf({ verdict }: Deployment): Pick<Draft, "severity"> {
  return verdict === "credit" ? { severity: "warning" } : {};
}

function raiseOf(claim: PoolClaim, { candidates }: PoolLive): number {
  return claim.claim.min - Math.max(0, ...(candidates.get(claim) ?? []).map((live) => reservedBy(live ? [live] : [])));
}

function besides(raises: readonly PoolClaim[], claim: PoolClaim) {
  return raises
    .filter((other) => other !== claim)
    .map((other) => {
      return { place: claimSetting(other.function).place, message: `${other.key} claims ${range(other.claim)}.` };
    });
}

function holdsClaim({ pool, claims }: Site, ofPool: Pool, claim: PoolClaim): boolean {
  return pool === ofPool && claims.get(claim.function.logicalId) === claim;
}
