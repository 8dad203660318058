import { accountText } from "../account/accountText.ts";
import { reservedBy } from "../account/reservedBy.ts";
import type { LiveFunction } from "../accountSnapshot.ts";
import type { Pool, PoolClaim, PoolLive } from "../analysis.ts";
import { boundsOf } from "../ledger/bounds.ts";
import { type Deployment, freeFor, isExact, shortWithoutCredit } from "../ledger/deployment.ts";
import { boundsOfMember } from "../ledger/scenarios.ts";
import { largestFor, largestForCertain } from "../pools/largest.ts";
import type { PoolCase } from "../pools/poolCases.ts";
import { range } from "../wording/values.ts";
import { list, num } from "../wording/words.ts";
import { type FailingCases, namesOfCases } from "./casesNotNow.ts";
import { budgetData, claimSetting, fixDataOf, sourcesOf } from "./claimFacts.ts";
import type { FindingDraft } from "./findingDraft.ts";
import { poolPlace } from "./liveLimitDiffers.ts";
import { reservationsOf } from "./liveNames.ts";
import { floorText } from "./poolText.ts";
import type { RuleContext, TemplateUse } from "./ruleContext.ts";

/** `live-overcommitted`: what AWS has left now is not enough for a stack that is deployed, or for all stacks of a pool. */
export function* liveOvercommitted(context: RuleContext): Generator<FindingDraft> {
  for (const pool of context.pools) {
    const { live } = pool;
    // Where the declared claims alone are too many, that is what is said.
    if (!live || pool.ledger.verdict === "over") continue;
    const others = context.strangers.get(live.snapshot)?.undeclared ?? [];
    const account = { pool, live, others };
    const failing = [...live.deployments.stacks]
      .filter(([, { deployment }]) => isFailing(deployment))
      .map(([stack, { deployment }]): Failing => ({ stack, deployment }));
    const inCases = context.casesNotNow.get(pool)?.stacks ?? [];
    for (const each of [...failing, ...inCases]) yield* onValues(context, account, each);
    yield* onPool(account, [...failing, ...inCases], context.casesNotNow.get(pool)?.together);
  }
}

interface Account {
  readonly pool: Pool;
  readonly live: PoolLive;
  /** The functions that no file declares. */
  readonly others: readonly LiveFunction[];
}

/** A stack that cannot be deployed now: whatever is not decided, or in some cases. */
type Failing = Omit<FailingCases, "cases"> & Partial<FailingCases>;

function isFailing({ verdict }: Deployment): boolean {
  return verdict === "over" || verdict === "credit";
}

/** In each file of the stack, on the value that takes most more than its function holds. */
function* onValues({ uses }: RuleContext, account: Account, failing: Failing): Generator<FindingDraft> {
  const { pool, live } = account;
  const { stack, deployment, cases } = failing;
  const raise = (claim: PoolClaim) => raiseOf(claim, live, cases);
  const raises = pool.claims.filter((claim) => claim.stack === stack && raise(claim) > 0);
  const byFile = new Map<string, PoolClaim>();
  for (const claim of raises) {
    const best = byFile.get(claim.uri);
    if (!best || raise(claim) > raise(best)) byFile.set(claim.uri, claim);
  }
  for (const claim of byFile.values()) {
    const use = uses.find((each) => holdsClaim(each, pool, claim));
    const setting = claimSetting(claim.function);
    yield {
      rule: "live-overcommitted",
      ...severityOf(failing),
      ...(use ? { use } : { pool }),
      place: setting.place,
      text: `${failure(account, failing)} ${advice(pool, claim, deployment)}`,
      related: [...sourcesOf(setting), ...besides(raises, claim)],
      data: fixDataOf(claim, pool),
    };
  }
}

/** Once on the budget: the stacks that cannot be deployed now, or that all of them cannot. */
function* onPool(
  account: Account,
  failing: readonly Failing[],
  togetherInCases: Omit<FailingCases, "stack"> | undefined,
): Generator<FindingDraft> {
  const { pool, live } = account;
  const place = pool.budget || failing.length === 0 ? poolPlace(pool) : undefined;
  if (!place) return;
  const common = { rule: "live-overcommitted", pool, place, data: budgetData(pool) } as const;
  for (const each of failing) {
    const text = `${failure(account, each, `stack ${each.stack.name}`)} Lower its reservations, or free ${num(missing(each.deployment))} in AWS first.`;
    yield { ...common, ...severityOf(each), text };
  }
  const { deployment } = live.deployments.together;
  const together = isFailing(deployment) ? { deployment } : togetherInCases;
  if (!together || failing.some(({ cases }) => cases === undefined)) return;
  const alone =
    failing.length === 0 ? "each stack can be deployed now, but not all of them" : "not all can be deployed";
  const text = `${alone}: ${failure(account, together, "the last")} Lower reservations, or free ${num(missing(together.deployment))} in AWS first.`;
  yield { ...common, ...severityOf(together), text };
}

/** `Deploying this will fail: 500 wanted, 300 free in account …`, with who holds the rest. */
function failure(
  { pool, live: { snapshot }, others }: Account,
  { deployment, cases = [] }: Omit<Failing, "stack">,
  what = "this",
): string {
  const { verdict, declared, reserved, floor, unreserved, credit } = deployment;
  const when = cases.length === 0 ? "" : ` with ${namesOfCases(cases, what !== "the last")}`;
  const certain = verdict === "over" ? `will fail${when}` : "fails unless Lambda gives back provisioned concurrency";
  const atMost = isExact(deployment) ? "" : "at most ";
  const left = `${atMost}${num(unreserved.max ?? 0)} unreserved`;
  const now = reserved.max ? ` (${range(reserved)} held now, ${left})` : "";
  const back =
    verdict === "over" && credit > 0 ? ` (and ${num(credit)} if Lambda gives back provisioned concurrency)` : "";
  const numbers = `${cases.length > 1 ? "up to " : ""}${num(declared.min)} wanted, ${atMost}${num(freeFor(deployment))} free${now}${back} in account ${accountText(snapshot.identity)}, where ${num(floor)} must stay unreserved (${floorText(pool)})`;
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
  // An account that does not say what is unreserved promises nothing: what it has at most is the advice.
  const most = isExact(deployment)
    ? largestForCertain(pool, [claim])
    : (boundsOf(largestFor(pool, [claim]).value).max ?? 0);
  const free = `free ${num(missing(deployment))} in AWS first`;
  return most > 0 ? `Set at most ${num(most)} here, or ${free}.` : `Remove it, or ${free}.`;
}

function missing(deployment: Deployment): number {
  return shortWithoutCredit(deployment);
}

function severityOf({ deployment, cases }: Omit<Failing, "stack">): Pick<FindingDraft, "severity"> {
  return deployment.verdict === "credit" || cases ? { severity: "warning" } : {};
}

/** How much more it takes than it holds: for certain, or in the worst of some cases. */
function raiseOf(claim: PoolClaim, { candidates, deployments }: PoolLive, cases: readonly PoolCase[] = []): number {
  const worst = cases.find(({ group }) => group === claim.cases?.group);
  const wanted = worst
    ? worst.indexes.map((index) => boundsOfMember(deployments.scenarios, claim, index).min)
    : [claim.claim.min];
  return (
    Math.max(...wanted) - Math.max(0, ...(candidates.get(claim) ?? []).map((live) => reservedBy(live ? [live] : [])))
  );
}

function besides(raises: readonly PoolClaim[], claim: PoolClaim) {
  return raises
    .filter((other) => other !== claim)
    .map((other) => {
      return { place: claimSetting(other.function).place, message: `${other.key} claims ${range(other.claim)}.` };
    });
}

function holdsClaim({ pool, claims }: TemplateUse, ofPool: Pool, claim: PoolClaim): boolean {
  return pool === ofPool && claims.get(claim.function.logicalId) === claim;
}
