import type { Stack } from "../analysis.ts";
import { boundsOf } from "../ledger/bounds.ts";
import { unconditionalClaim } from "../ledger/claim.ts";
import type { NestedStack, Place, ResolvedTemplate } from "../model.ts";
import { range } from "../wording/values.ts";
import { list, num } from "../wording/words.ts";
import type { Cause } from "./cause.ts";
import { claimSetting } from "./claimFacts.ts";
import type { RuleContext, TemplateUse } from "./ruleContext.ts";

/**
 * Places that may hold claims we cannot see. A nested stack always matters; a macro only where the stack has to do with
 * concurrency, since many templates merely have one.
 */
export function* hiddenClaims({ uses, textOf }: RuleContext): Generator<Cause> {
  const concerned = new Set<Stack>();
  for (const { pool, stack, template } of uses) {
    if (pool.budget || mentionsConcurrency(template, textOf)) concerned.add(stack);
  }
  for (const use of uses) {
    yield* maybeNested(use);
    yield* unreadNested(use);
    if (concerned.has(use.stack)) yield* blindSpots(use);
  }
}

/** A nested stack that may not exist, when functions in it claim something. */
function* maybeNested(use: TemplateUse): Generator<Cause> {
  for (const { logicalId, condition, place, template } of use.template.nested) {
    if (condition === undefined || !template) continue;
    const path = [...use.nesting, logicalId];
    const inside = use.pool.claims.filter(
      ({ stack, nesting, claim }) => stack === use.stack && claim.max !== 0 && path.every((id, i) => nesting[i] === id),
    );
    if (inside.length === 0) continue;
    const text = `Whether nested stack ${logicalId} exists is unknown: condition ${condition} is not decided. What its functions claim is counted as possible only.`;
    const related = inside.map((claim) => ({
      place: claimSetting(claim.function).place,
      message: `${claim.key} claims ${range(unconditionalClaim(claim.function))} if it exists.`,
    }));
    yield { use, place, text, consequence: "", related };
  }
}

/** Nested stacks whose template we do not have, together where they have one cause. */
function* unreadNested(use: TemplateUse): Generator<Cause> {
  const byCause = new Map<string, [NestedStack, ...NestedStack[]]>();
  for (const nested of use.template.nested) {
    if (nested.template) continue;
    const [cause = ""] = why(nested).split(": ");
    const group = byCause.get(cause);
    if (group) group.push(nested);
    else byCause.set(cause, [nested]);
  }
  for (const group of byCause.values()) {
    const [first, ...others] = group;
    const ids = group.map(({ logicalId }) => logicalId);
    const text =
      others.length === 0
        ? `The functions of nested stack ${first.logicalId} are not counted: ${why(first)}.`
        : `The functions of nested stacks ${list(ids)} are not counted. ${first.logicalId}: ${why(first)}.`;
    const related = others.map((other) => ({ place: other.place, message: `${other.logicalId}: ${why(other)}.` }));
    yield { use, place: first.place, text, consequence: roomFor(use), related };
  }
}

function why({ unknown }: NestedStack): string {
  const text = (unknown ?? "it cannot be read").replace(/\.$/, "");
  return /^[A-Z][a-z]* /.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** Macros, includes and loops that cannot be followed, each reason once. */
function* blindSpots(use: TemplateUse): Generator<Cause> {
  const byReason = new Map<string, [Place, ...Place[]]>();
  for (const { place, reason } of use.template.blindSpots) {
    const places = byReason.get(reason);
    if (places) places.push(place);
    else byReason.set(reason, [place]);
  }
  for (const [reason, [place, ...others]] of byReason) {
    const text = `Not everything here can be counted: ${reason}.`;
    const related = others.map((other) => ({ place: other, message: "The same here." }));
    yield { use, place, text, consequence: roomFor(use), related };
  }
}

/** What hidden functions may claim; nothing to add where the pool is over its limit anyway. */
function roomFor({ pool }: TemplateUse): string {
  if (pool.ledger.verdict === "over") return "";
  const left = boundsOf(pool.ledger.headroom).max ?? 0;
  return left === 0 ? " Nothing more fits into the pool." : ` The pool keeps its floor with up to ${num(left)} more.`;
}

/** Reservations or provisioned concurrency somewhere; where something is hidden, also their mere names in the text. */
function mentionsConcurrency(template: ResolvedTemplate, textOf: RuleContext["textOf"]): boolean {
  const { uri, functions, globalReserved, blindSpots } = template;
  if (globalReserved) return true;
  if (functions.some(({ reserved, provisioned }) => reserved.origin !== "absent" || provisioned.length > 0))
    return true;
  return blindSpots.length > 0 && /(?:Reserved|Provisioned)Concurren/.test(textOf(uri));
}
