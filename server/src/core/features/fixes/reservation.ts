import type { PoolClaim } from "../../analysis.ts";
import { groupBy } from "../../groupBy.ts";
import { provisionedTotal } from "../../ledger/claim.ts";
import type { Place } from "../../model.ts";
import { largestForCertain } from "../../pools/largest.ts";
import { getPair } from "../../syntax/lookup.ts";
import { num } from "../../wording/words.ts";
import type { FeatureContext } from "../context.ts";
import { covers, nodeSpan } from "../treePath.ts";
import { globalPlaces, type Use } from "../uses.ts";
import { type Fix, type FixInput, type FixMaker, fix, poolOfData, replace, type Target, targetOf } from "./fix.ts";
import { propertiesOf, resourceOf, setReservation, setWritten, writtenSpan } from "./functionEdits.ts";
import { isJson, removePair } from "./insertPair.ts";
import { setAtSource } from "./source.ts";

/** Lowers the number to what fits in every pool and environment it stands in, with the budget's cushion where that is the point. */
export const lowerToFit: FixMaker = (input) => {
  const target = targetOf(input);
  if (!target) return [];
  const cushion = input.finding.rule === "cushion-broken";
  const own = usesOfPool(target, input);
  const fitsHere = roomFor(own, cushion);
  const fits = roomFor(target.uses, cushion);
  const atSource =
    lowers(own, fitsHere) && coversProvisioned(own, fitsHere)
      ? setAtSource(input.context, own, fitsHere, `to ${num(fitsHere)}, which fits`)
      : [];
  const inPlace = lowers(target.uses, fits) ? setClaim(target, fits, `to ${num(fits)}, which fits`) : [];
  return [...atSource, ...inPlace, ...lowerGlobals(target)];
};

/** Lowers the Globals value to what fits for all that inherit it. */
function lowerGlobals({ declared, file, uses }: Target): readonly Fix[] {
  const { reserved } = declared;
  const place = reserved.sources[0]?.place;
  if (reserved.origin !== "globals" || place?.uri !== file.uri || typeof reserved.value !== "number") return [];
  if (file.text.slice(place.start, place.end) !== String(reserved.value)) return [];
  const rooms = uses.map(({ pool }) =>
    largestForCertain(
      pool,
      pool.claims.filter((claim) => inheritsFrom(claim, place)),
    ),
  );
  const fits = Math.min(...rooms);
  const inheriting = uses[0]?.pool.claims.filter((claim) => inheritsFrom(claim, place)) ?? [];
  if (fits < 1 || fits >= reserved.value || !inheriting.every((claim) => provisionedTotal(claim.function).min <= fits))
    return [];
  return fix(`Set the Globals value to ${num(fits)}, which fits`, [{ ...place, text: String(fits) }]);
}

function inheritsFrom({ function: { reserved } }: PoolClaim, from: Place): boolean {
  const place = reserved.origin === "globals" ? reserved.sources[0]?.place : undefined;
  return place?.uri === from.uri && place.start === from.start;
}

/** Sets the number to what the budget grants. */
export const setToBudget: FixMaker = (input) => {
  const target = targetOf(input);
  const granted = input.finding.data?.granted;
  if (!target || granted === undefined) return [];
  const own = usesOfPool(target, input).filter(({ claim }) => claim.grant?.reserved === granted);
  const least = Math.min(...target.uses.flatMap(({ claim }) => claim.grant?.reserved ?? []));
  const to = (value: number) => `to the budget's ${num(value)}`;
  const atSource = coversProvisioned(own, granted) ? setAtSource(input.context, own, granted, to(granted)) : [];
  return [...atSource, ...setClaim(target, least, to(least))];
};

/** Writes the number that the account has; never chosen without asking, because the template may be what is right. */
export const setToLive: FixMaker = (input) => {
  const target = targetOf(input);
  const live = input.finding.data?.live;
  if (!target || !live || typeof target.declared.reserved.value !== "number") return [];
  const own = usesOfPool(target, input);
  if (!coversProvisioned(own, live)) return [];
  const to = `to the live ${num(live)}`;
  // A number that several stacks share is not that of one of them.
  const inPlace = target.uses.length === 1 ? setClaim(target, live, to) : [];
  return [...setAtSource(input.context, own, live, to), ...inPlace].map(({ title, edits }) => ({ title, edits }));
};

/** The uses that a finding speaks of: those in its pool. */
export function usesOfPool({ uses }: Target, { context, finding }: FixInput): readonly Use[] {
  const named = poolOfData(context, finding);
  const own = uses.filter(({ pool }) => (named ? pool === named : pool.name === finding.pool));
  return own.length > 0 ? own : uses;
}

/** The largest reservation that fits when all of these are given it at once. */
function roomFor(uses: readonly Use[], withCushion: boolean): number {
  const rooms = [...groupBy(uses, ({ pool }) => pool)].map(([pool, same]) => {
    const cushion = withCushion ? (pool.budget?.pool.keepUnreserved?.value ?? 0) : 0;
    const ledger = { ...pool.ledger, floor: Math.max(pool.floor, cushion) };
    return largestForCertain(
      { ...pool, ledger },
      same.map(({ claim }) => claim),
    );
  });
  return Math.min(...rooms);
}

function lowers(uses: readonly Use[], value: number): boolean {
  return value >= 1 && value < Math.max(...uses.map(({ claim }) => claim.claim.min));
}

/** Removes the reservation: the function then shares what is unreserved. */
export const removeReservation: FixMaker = (input) => {
  const target = targetOf(input);
  if (!target) return [];
  const { declared, file } = target;
  const { origin, place } = declared.reserved;
  const title = `Remove the reservation of ${declared.logicalId}`;
  if (wouldInherit(input.context, target)) {
    const nothing = isJson(file) ? '{"Ref": "AWS::NoValue"}' : '!Ref "AWS::NoValue"';
    return fix(title, [replace(file, writtenSpan(file, declared.reserved), nothing)]);
  }
  const properties = propertiesOf(file, declared);
  const pair = properties?.map.written.find((each) => covers(nodeSpan(each.value), place));
  if (!properties || !pair || (origin !== "literal" && origin !== "intrinsic")) return [];
  const edit = removePair(file, properties.map, pair, properties.holder);
  return fix(title, [edit]);
};

/** Is there a Globals value that takes the place of the function's own when that is removed? */
function wouldInherit({ analysis }: FeatureContext, { declared, file }: Target): boolean {
  const { type, reserved } = declared;
  const isOwn = reserved.place.uri === file.uri && (reserved.origin === "literal" || reserved.origin === "intrinsic");
  if (!isOwn || type !== "AWS::Serverless::Function" || globalPlaces(analysis, file.uri).length === 0) return false;
  const ignored = getPair(resourceOf(file, declared)?.map, "IgnoreGlobals");
  return !ignored || !/\*|ReservedConcurrentExecutions/.test(file.text.slice(ignored.value.start, ignored.value.end));
}

/** Lambda refuses a reservation below the function's provisioned concurrency. */
function coversProvisioned(uses: readonly Use[], reservation: number): boolean {
  return uses.every(({ claim: { function: declared } }) => {
    return declared.reserved.value === null || provisionedTotal(declared).min <= reservation;
  });
}

/** Sets whatever makes a function's claim: its reservation, else its only provisioned concurrency. */
function setClaim({ declared, file, uses }: Target, value: number, to: string): readonly Fix[] {
  const { reserved, provisioned, logicalId } = declared;
  if (reserved.value === null && provisioned.length > 0) {
    const [only, ...others] = provisioned;
    if (!only || others.length > 0 || value < 1) return [];
    const title = `Set the provisioned concurrency of ${logicalId} ${to}`;
    return fix(title, [setWritten(file, only, value)], only.origin === "literal");
  }
  if (!coversProvisioned(uses, value)) return [];
  const inherited = reserved.origin === "globals";
  const title = inherited ? `Override the Globals value: set ${logicalId} ${to}` : `Set ${logicalId} ${to}`;
  return fix(title, [setReservation(file, declared, value)], reserved.origin !== "intrinsic");
}
