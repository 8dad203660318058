import type { Pool, Unseen } from "../analysis.ts";
import { boundsOf } from "../ledger/bounds.ts";
import { unconditionalClaim } from "../ledger/claim.ts";
import { headroomOf, overshootOf } from "../ledger/headroom.ts";
import type { Bounds } from "../ledger/ledger.ts";
import type { Place, Related, ResolvedTemplate, Setting, Unknown, Value } from "../model.ts";
import type { Draft } from "./draft.ts";
import type { FixData } from "./fixData.ts";
import { budgetPlace, floorText, limitText } from "./pool.ts";
import type { Scene, Site } from "./scene.ts";
import { budgetData, claimSetting, fixDataOf, type Subject, samePlace, sourcesOf, subjectsOf } from "./subject.ts";
import { list, num, range } from "./words.ts";

/** `value-unknown` on the budget: a pool whose verdict depends on what is not decided. */
export function* poolDepends({ pools }: Scene): Generator<Draft> {
  for (const pool of pools) {
    if (pool.ledger.verdict !== "depends" || !pool.budget) continue;
    const undecided = [...pool.claims.filter((claim) => claim.unknown !== undefined), ...pool.unseen];
    yield {
      rule: "value-unknown",
      pool,
      place: budgetPlace(pool),
      text: `${dependsText(pool)} It depends on: ${list(unique(undecided.map(({ unknown }) => unknown ?? "")), 3)}.`,
      related: undecided.map((each) =>
        "function" in each
          ? { place: claimSetting(each.function).place, message: `${each.key} claims ${orUnknown(each.claim)}.` }
          : { place: each.place, message: `${sentence(each.reason)}.` },
      ),
      data: budgetData(pool),
    };
  }
}

/** `value-unknown` in templates, once per place: what is not decided about a function, or hides functions, and what it means. */
export function* templateUnknown(scene: Scene): Generator<Draft> {
  const causes = new Map<string, [Cause, ...Cause[]]>();
  for (const cause of causesOf(scene)) {
    const { place, text } = cause;
    const key = `${place.start} ${place.end} ${place.uri} ${text}`;
    const group = causes.get(key);
    if (group) group.push(cause);
    else causes.set(key, [cause]);
  }
  for (const group of causes.values()) {
    const [first] = group;
    const same = group.every(({ consequence }) => consequence === first.consequence);
    const text = same ? first.text + first.consequence : first.text;
    for (const { site, place, related, data } of group) {
      yield { rule: "value-unknown", site, place, text, related, ...(data && { data }) };
    }
  }
}

/** Something that is not decided, where it stands. */
interface Cause {
  readonly site: Site;
  readonly place: Place;
  /** The sentence without consequences. */
  readonly text: string;
  /** What it means for the pool; starts with a blank, or empty. Left out when it differs between the sites of a file. */
  readonly consequence: string;
  readonly related: readonly Related[];
  readonly data?: FixData;
}

function* causesOf({ sites }: Scene): Generator<Cause> {
  const counting = new Set(sites.filter(({ template }) => mentionsConcurrency(template)).map(({ stack }) => stack));
  for (const site of sites) {
    for (const subject of subjectsOf(site)) yield* undecidedFunction(subject);
    yield* undecidedNesting(site);
    yield* hiddenFunctions(site, site.pool.budget !== undefined || counting.has(site.stack));
  }
}

/** Worst case, best case, and how far each is from the floor. */
function dependsText(pool: Pool): string {
  const { claimedBounds: claimed, headroom } = pool.ledger;
  const over = boundsOf(overshootOf(pool.ledger));
  const worst =
    over.max === undefined ? "in the worst case nothing bounds it" : `in the worst case ${num(over.max)} too many`;
  const best = `in the best case ${num(boundsOf(headroom).max ?? 0)} to spare`;
  return `${range(claimed)} of ${limitText(pool)} claimed; ${num(pool.floor)} must stay unreserved (${floorText(pool)}): ${worst}, ${best}.`;
}

function* undecidedFunction(subject: Subject): Generator<Cause> {
  const { declared, claim, site } = subject;
  if (declared.outsidePool !== undefined) return;
  const data = claim ? { data: fixDataOf(claim, site.pool) } : {};
  const { reserved, logicalId, condition } = declared;
  let found = false;
  if (isUnknown(reserved.value)) {
    found = true;
    if (reserved.origin === "globals" && site.template.globalReserved) yield undecidedGlobal(subject, reserved.value);
    else yield { ...undecidedSetting(subject, reserved, reserved.value, `The reservation of ${logicalId}`), ...data };
  }
  for (const setting of declared.provisioned) {
    if (!isUnknown(setting.value) || !matters(reserved.value, setting.value)) continue;
    found = true;
    const what = `The provisioned concurrency of ${logicalId} (${setting.qualifier})`;
    const cause = undecidedSetting(subject, setting, setting.value, what);
    const against =
      typeof reserved.value === "number" ? ` It must not exceed the reservation of ${num(reserved.value)}.` : undefined;
    yield { ...cause, ...(against !== undefined && { consequence: against }), ...data };
  }
  if (found || condition === undefined || !claim || claim.claim.max === 0) return;
  const own = range(unconditionalClaim(declared));
  const text = `Whether ${logicalId} exists is unknown: condition ${condition} is not decided. It claims ${own} or nothing.`;
  const related = [{ place: claimSetting(declared).place, message: `${logicalId} claims ${own} if it exists.` }];
  yield { site, place: declared.place, text, consequence: consequenceOf(subject), related, ...data };
}

function undecidedSetting(subject: Subject, setting: Setting, value: Unknown, what: string): Cause {
  // Only a mistake makes a literal undecided: a negative number, a fraction, a word.
  const problem = setting.origin === "literal" ? "is no number that Lambda takes" : `is unknown${within(value)}`;
  const text = `${what} ${problem}: ${value.unknown}.`;
  const consequence = consequenceOf(subject);
  return { site: subject.site, place: setting.place, text, consequence, related: sourcesOf(setting) };
}

/** A value inherited from Globals is unknown there, once for all functions that inherit it. */
function undecidedGlobal({ site, declared }: Subject, value: Unknown): Cause {
  const text = `The reservation that each function inherits from Globals is unknown${within(value)}: ${value.unknown}.`;
  const related = [{ place: declared.place, message: `${declared.logicalId} inherits it.` }];
  return { site, place: site.template.globalReserved?.place ?? declared.place, text, consequence: "", related };
}

/** A nested stack that may not exist, when functions in it claim something. */
function* undecidedNesting(site: Site): Generator<Cause> {
  for (const { logicalId, condition, place, template } of site.template.nested) {
    if (condition === undefined || !template) continue;
    const path = [...site.nesting, logicalId];
    const inside = site.pool.claims.filter(
      ({ stack, nesting, claim }) =>
        stack === site.stack && claim.max !== 0 && path.every((id, i) => nesting[i] === id),
    );
    if (inside.length === 0) continue;
    const text = `Whether nested stack ${logicalId} exists is unknown: condition ${condition} is not decided. What its functions claim is counted as possible only.`;
    const related = inside.map((claim) => ({
      place: claimSetting(claim.function).place,
      message: `${claim.key} claims ${range(unconditionalClaim(claim.function))} if it exists.`,
    }));
    yield { site, place, text, consequence: "", related };
  }
}

/**
 * Places that may hold functions we cannot see. A nested stack always matters; a macro only where the stack has to do with
 * concurrency, since many templates merely have one.
 */
function* hiddenFunctions(site: Site, relevant: boolean): Generator<Cause> {
  const byReason = new Map<string, [Place, ...Place[]]>();
  for (const unseen of site.pool.unseen) {
    const { place, reason } = unseen;
    const isHere = unseen.stack === site.stack && place.uri === site.template.uri;
    if (!isHere || !(isNestedHere(site, unseen) || (relevant && samePath(unseen.nesting, site.nesting)))) continue;
    const places = byReason.get(reason);
    if (places) places.push(place);
    else byReason.set(reason, [place]);
  }
  const left = boundsOf(site.pool.ledger.headroom).max ?? 0;
  for (const [reason, [place, ...others]] of byReason) {
    const text = `Not all functions can be counted: ${reason}.`;
    const consequence =
      site.pool.ledger.verdict === "over" ? "" : ` The pool keeps its floor if they claim up to ${num(left)}.`;
    yield {
      site,
      place,
      text,
      consequence,
      related: others.map((other) => ({ place: other, message: "The same here." })),
    };
  }
}

/** A nested stack of this very template that could not be read; its own id ends the path. */
function isNestedHere({ template, nesting }: Site, unseen: Unseen): boolean {
  if (!samePath(unseen.nesting.slice(0, -1), nesting)) return false;
  return template.nested.some(
    ({ logicalId, place }) => logicalId === unseen.nesting.at(-1) && samePlace(place, unseen.place),
  );
}

function samePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, i) => id === b[i]);
}

function mentionsConcurrency({ functions, globalReserved }: ResolvedTemplate): boolean {
  if (globalReserved) return true;
  return functions.some(({ reserved, provisioned }) => reserved.origin !== "absent" || provisioned.length > 0);
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
  if (!claim || site.pool.ledger.verdict === "over") return "";
  const { grant } = claim;
  const granted =
    grant && (claim.claim.max ?? Number.POSITIVE_INFINITY) > grant.reserved
      ? ` The budget grants ${num(grant.reserved)}.`
      : "";
  if (site.pool.ledger.verdict === "fits") return ` The pool fits in every case.${granted}`;
  const { min, max = min } = boundsOf(headroomOf(site.pool.ledger, claim));
  const each = claim.instances > 1 ? ` in each of its ${num(claim.instances)} instances` : "";
  const least = min === 0 ? "nothing" : `only ${num(min)}`;
  const others = min === max ? "" : `, ${least} if the other unknowns are at their highest`;
  return ` The pool keeps its floor with up to ${num(max)} here${each}${others}.${granted}`;
}

function orUnknown(bounds: Bounds): string {
  return bounds.min === 0 && bounds.max === undefined ? "an unknown number" : range(bounds);
}

function isUnknown(value: Value): value is Unknown {
  return typeof value === "object" && value !== null;
}

function sentence(phrase: string): string {
  return phrase.charAt(0).toUpperCase() + phrase.slice(1);
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text !== "");
}
