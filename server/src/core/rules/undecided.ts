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
import { claimSetting, fixDataOf, sourcesOf } from "./claimFacts.ts";
import type { FunctionUse, RuleContext } from "./ruleContext.ts";

/** What is not decided about functions: their numbers, and whether they exist. */
export function* undecidedSettings({ uses, casesTooMany, casesNotNow }: RuleContext): Generator<Cause> {
  for (const use of uses) {
    const named = [casesTooMany, casesNotNow].flatMap((cases) => cases.get(use.pool)?.claims ?? []);
    for (const one of use.functions) {
      const { claim } = one;
      // `pool-overcommitted`, or `live-overcommitted`, names the cases.
      if (claim && named.some((claims) => claims.has(claim))) continue;
      yield* undecidedFunction(one);
    }
  }
}

function* undecidedFunction(one: FunctionUse): Generator<Cause> {
  const { declared, claim, use } = one;
  if (declared.outsidePool !== undefined) return;
  // Nearly every function is decided, and this is asked of all after each edit.
  const data = () => (claim ? { data: fixDataOf(claim, use.pool) } : {});
  const { reserved, logicalId, condition } = declared;
  let found = false;
  if (isUnknown(reserved.value) && !isKnownByCase(one, reserved.value)) {
    found = true;
    if (reserved.origin === "globals" && use.template.globalReserved) yield undecidedGlobal(one, reserved.value);
    else yield { ...undecidedSetting(one, reserved, reserved.value, "reserves"), ...data() };
  }
  for (const setting of declared.provisioned) {
    if (!isUnknown(setting.value) || isKnownByCase(one, setting.value)) continue;
    if (!matters(reserved.value, setting.value)) continue;
    found = true;
    const cause = undecidedSetting(one, setting, setting.value, "provisions", ` for ${setting.qualifier}`);
    const against =
      typeof reserved.value === "number" ? ` It must not exceed the reservation of ${num(reserved.value)}.` : undefined;
    yield { ...cause, ...(against !== undefined && { consequence: against }), ...data() };
  }
  if (typeof reserved.value !== "number") {
    for (const target of declared.scaling) {
      if (isRefused(target.minimum) || isRefused(target.maximum)) continue;
      found = true;
      yield { ...scaled(one, target), ...data() };
    }
  }
  if (found || condition === undefined || !claim || claim.claim.max === 0) return;
  const own = range(unconditionalClaim(declared));
  const text = `exists only if condition ${condition} holds, which is not decided: it claims ${own} or nothing.`;
  const related = [{ place: claimSetting(declared).place, message: `${logicalId} claims ${own} if it exists.` }];
  yield { use, who: logicalId, place: declared.place, text, consequence: consequenceOf(one), related, ...data() };
}

/** One number in every case that can be deployed: the others are named, each for itself. */
function isKnownByCase({ use, declared }: FunctionUse, value: Unknown): boolean {
  if (!isOneNumber(value)) return false;
  const path = [...use.nesting, declared.logicalId].join("/");
  return use.stack.template.cases?.groups.some(({ functions }) => functions.some((own) => own.path === path)) === true;
}

/** Provisioned concurrency that is moved later claims what it may come to. */
function scaled(one: FunctionUse, { logicalId, place }: ScalingTarget): Cause {
  const { use, declared } = one;
  const text = `claims ${range(unconditionalClaim(declared))}, because scaling target ${logicalId} moves its provisioned concurrency.`;
  const related = declared.provisioned.map((setting) => ({
    place: setting.place,
    message: `${setting.qualifier} provisions ${range(boundsOf(setting.value))} at first.`,
  }));
  return { use, who: declared.logicalId, place, text, consequence: consequenceOf(one), related };
}

function undecidedSetting(one: FunctionUse, setting: Setting, value: Unknown, takes: string, where = ""): Cause {
  const problem = setting.origin === "literal" ? literalText(value) : `an unknown number${within(value)}`;
  const text = `${takes} ${problem}${where}: ${value.unknown}.`;
  const consequence = consequenceOf(one);
  return {
    use: one.use,
    who: one.declared.logicalId,
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
function undecidedGlobal({ use, declared }: FunctionUse, value: Unknown): Cause {
  const text = `Each function that inherits this reserves an unknown number${within(value)}: ${value.unknown}.`;
  const related = [{ place: declared.place, message: `${declared.logicalId} inherits it.` }];
  return { use, place: use.template.globalReserved?.place ?? declared.place, text, consequence: "", related };
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
function consequenceOf({ use, claim }: FunctionUse): string {
  if (!claim || verdictOf(use.pool) === "over") return "";
  const granted = grantText(claim, use.pool);
  if (verdictOf(use.pool) === "fits") return ` The pool fits in every case.${granted}`;
  if (use.pool.ledger.verdict === "fits") return ` Whether AWS has enough left for it now is not certain.${granted}`;
  const { min, max = min } = boundsOf(largestFor(use.pool, [claim]).value);
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
