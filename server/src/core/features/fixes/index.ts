import type { RuleId } from "../../ruleTable.ts";
import { addToBudget, declareOff, pickTemplate, raiseBudget, removeEntry, replaceText } from "./budget.ts";
import type { Fix, FixInput, FixMaker } from "./fix.ts";
import { moveToAlias } from "./moveToAlias.ts";
import { lowerProvisioned, raiseToCapacity, raiseToProvisioned, raiseToQueues } from "./provisioned.ts";
import { quoteKey } from "./quoteKey.ts";
import { mendRefused, moveProperty, nestProperty, removeRefused } from "./refused.ts";
import { lowerToFit, removeReservation, setToBudget, setToLive } from "./reservation.ts";
import { removeSuppression, suppress } from "./suppress.ts";
import { addAlias, limitQueues, lowerMaximum, wrapClaim } from "./template.ts";

/** What mends the findings of each rule, the best first. */
const makers: Readonly<Partial<Record<RuleId, readonly FixMaker[]>>> = {
  "pool-overcommitted": [lowerToFit, wrapClaim],
  "live-overcommitted": [lowerToFit, wrapClaim],
  "cushion-broken": [lowerToFit, wrapClaim],
  "over-budget": [setToBudget, raiseBudget, wrapClaim],
  "not-in-budget": [addToBudget, removeReservation, wrapClaim],
  "budget-unused": [removeEntry],
  "stack-not-found": [pickTemplate],
  "reserved-zero": [declareOff, removeReservation],
  "provisioned-above-reserved": [raiseToProvisioned, lowerProvisioned],
  "provisioned-needs-alias": [addAlias, removeRefused],
  "provisioned-on-version": [moveToAlias],
  "yaml-key-typed": [quoteKey],
  "max-concurrency-above-reserved": [lowerMaximum, raiseToQueues],
  "sqs-throttle-to-dlq": [limitQueues],
  "scaling-above-reserved": [raiseToCapacity],
  "never-accepted": [mendRefused],
  "property-misspelt": [nestProperty, moveProperty],
  "live-drift": [setToLive],
  "unused-suppression": [removeSuppression],
};

/** The fixes of a finding: its ready-made replacement, those of its rule, and the comment that accepts it. */
export function fixesFor(input: FixInput): readonly Fix[] {
  const own = makers[input.finding.rule] ?? [];
  const fixes = [replaceText, ...own, suppress].flatMap((make) => make(input));
  const best = fixes.find(({ preferred }) => preferred);
  return fixes.map((fix) => (fix === best ? fix : { title: fix.title, edits: fix.edits }));
}
