import type { Pool, PoolClaim } from "../analysis.ts";
import { boundsOf } from "../ledger/bounds.ts";
import { unconditionalClaim } from "../ledger/claim.ts";
import type { ScalingTarget, Setting, Unknown, Value } from "../model.ts";
import { largestFor } from "../pools/largest.ts";
import { verdictOf } from "../pools/verdict.ts";
import { isRefused } from "../refused.ts";
import { isOneNumber, range } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import type { Cause } from "./cause.ts";
import type { Scene, Subject } from "./scene.ts";
import { claimSetting, fixDataOf, sourcesOf } from "./subject.ts";

/** What is not decided about functions: their numbers, and whether they exist. */
export function* undecidedSettings({ sites, casesTooMany, casesNotNow }: Scene): Generator<Cause> {
  for (const site of sites) {
    const named = [casesTooMany, casesNotNow].flatMap((cases) => cases.get(site.pool)?.claims ?? []);
    for (const subject of site.subjects) {
      const { claim } = subject;
      // `pool-overcommitted`, or `live-overcommitted`, names the cases.
      if (claim && named.some((claims) => claims.has(claim))) continue;
      yield* undecidedFunction(subject);
    }
  }
}

function* undecidedFunction(subject: Subject): Generator<Cause> {
  const { declared, claim, site } = subject;
  if (declared.outsidePool !== undefined) return;
  // Nearly every function is decided, and this is asked of all after each edit.
  const data = () => (claim ? { data: fixDataOf(claim, site.pool) } : {});
  const { reserved, logicalId, condition } = declared;
  let found = false;
  if (isUnknown(reserved.value) && !isKnownByCase(subject, reserved.value)) {
    found = true;
    if (reserved.origin === "globals" && site.template.globalReserved) yield undecidedGlobal(subject, reserved.value);
    else yield { ...undecidedSetting(subject, reserved, reserved.value, "reserves"), ...data() };
  }
  for (const setting of declared.provisioned) {
    if (!isUnknown(setting.value) || isKnownByCase(subject, setting.value)) continue;
    if (!matters(reserved.value, setting.value)) continue;
    found = true;
    const cause = undecidedSetting(subject, setting, setting.value, "provisions", ` for ${setting.qualifier}`);
    const against =
      typeof reserved.value === "number" ? ` It must not exceed the reservation of ${num(reserved.value)}.` : undefined;
    yield { ...cause, ...(against !== undefined && { consequence: against }), ...data() };
  }
  if (typeof reserved.value !== "number") {
    for (const target of declared.scaling) {
      if (isRefused(target.minimum) || isRefused(target.maximum)) continue;
      found = true;
      yield { ...scaled(subject, target), ...data() };
    }
  }
  if (found || condition === undefined || !claim || claim.claim.max === 0) return;
  const own = range(unconditionalClaim(declared));
  const text = `exists only if condition ${condition} holds, which is not decided: it claims ${own} or nothing.`;
  const related = [{ place: claimSetting(declared).place, message: `${logicalId} claims ${own} if it exists.` }];
  yield { site, who: logicalId, place: declared.place, text, consequence: consequenceOf(subject), related, ...data() };
}

/** One number in every case that can be deployed: the others are named, each for itself. */
function isKnownByCase({ site, declared }: Subject, value: Unknown): boolean {
  if (!isOneNumber(value)) return false;
  const path = [...site.nesting, declared.logicalId].join("/");
  return site.stack.template.cases?.groups.some(({ functions }) => functions.some((own) => own.path === path)) === true;
}

/** Provisioned concurrency that is moved later claims what it may come to. */
function scaled(subject: Subject, { logicalId, place }: ScalingTarget): Cause {
  const { site, declared } = subject;
  const text = `claims ${range(unconditionalClaim(declared))}, because scaling target ${logicalId} moves its provisioned concurrency.`;
  const related = declared.provisioned.map((setting) => ({
    place: setting.place,
    message: `${setting.qualifier} provisions ${range(boundsOf(setting.value))} at first.`,
  }));
  return { site, who: declared.logicalId, place, text, consequence: consequenceOf(subject), related };
}

function undecidedSetting(subject: Subject, setting: Setting, value: Unknown, takes: string, where = ""): Cause {
  const problem = setting.origin === "literal" ? literalText(value) : `an unknown number${within(value)}`;
  const text = `${takes} ${problem}${where}: ${value.unknown}.`;
  const consequence = consequenceOf(subject);
  return {
    site: subject.site,
    who: subject.declared.logicalId,
    place: setting.place,
    text,
    consequence,
    related: sourcesOf(setting),
  };
}

/** Only a mistake makes a literal undecided, or that something else is: then it counts or not. */
function literalText({ max }: Unknown): string {
  return max === undefined ? "no number that Lambda takes" : `${num(max)} or nothing`;
}

/** A value inherited from Globals is unknown there, once for all functions that inherit it. */
function undecidedGlobal({ site, declared }: Subject, value: Unknown): Cause {
  const text = `Each function that inherits this reserves an unknown number${within(value)}: ${value.unknown}.`;
  const related = [{ place: declared.place, message: `${declared.logicalId} inherits it.` }];
  return { site, place: site.template.globalReserved?.place ?? declared.place, text, consequence: "", related };
}

/** Unknown provisioned concurrency matters when it is the claim, or when it may exceed the reservation. */
function matters(reserved: Value, provisioned: Unknown): boolean {
  if (typeof reserved !== "number") return reserved === null;
  const { max } = boundsOf(provisioned);
  return max === undefined || max > reserved;
}

function within(value: Unknown): string {
  const bounds = boundsOf(value);
  return bounds.max === undefined && bounds.min === 0 ? "" : ` (${range(bounds)})`;
}

/** What an undecided claim means for its pool; nothing to add where the pool is over its limit anyway. */
function consequenceOf({ site, claim }: Subject): string {
  if (!claim || verdictOf(site.pool) === "over") return "";
  const granted = grantText(claim, site.pool);
  if (verdictOf(site.pool) === "fits") return ` The pool fits in every case.${granted}`;
  if (site.pool.ledger.verdict === "fits") return ` Whether AWS has enough left for it now is not certain.${granted}`;
  const { min, max = min } = boundsOf(largestFor(site.pool, [claim]).value);
  const each = claim.instances > 1 ? ` in each of its ${num(claim.instances)} instances` : "";
  const least = min === 0 ? "nothing" : `only ${num(min)}`;
  const others = min === max ? "" : `, ${least} if the other unknowns are at their highest`;
  return ` The pool keeps its floor with up to ${num(max)} here${each}${others}.${granted}`;
}

/** What AWS refuses is not unknown: it has its own finding. */
function isUnknown(value: Value): value is Unknown {
  return typeof value === "object" && value !== null && !isRefused(value);
}

function grantText({ grant, claim }: PoolClaim, pool: Pool): string {
  if (!pool.budget) return "";
  if (!grant) return " The budget grants it nothing.";
  const mayExceed = claim.max === undefined || claim.max > grant.reserved;
  return mayExceed ? ` The budget grants ${num(grant.reserved)}.` : "";
}
