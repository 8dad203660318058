import type { PoolClaim } from "../../analysis.ts";
import { provisionedTotal } from "../../ledger/claim.ts";
import { headroomOf } from "../../ledger/headroom.ts";
import type { Place } from "../../model.ts";
import { num } from "../../validate/words.ts";
import { headroomForEach, worstCase } from "../headroom.ts";
import { covers, nodeSpan } from "../treePath.ts";
import type { Use } from "../uses.ts";
import { type Fix, type FixInput, type FixMaker, fix, poolOfData, type Target, targetOf } from "./fix.ts";
import { propertiesOf, setReservation, setWritten } from "./functionEdits.ts";
import { removePair } from "./insertPair.ts";
import { setAtSource } from "./source.ts";

/** Lowers the number to what fits in every pool and environment it stands in, with the budget's cushion where that is the point. */
export const lowerToFit: FixMaker = (input) => {
  const target = targetOf(input);
  if (!target) return [];
  const cushion = input.finding.rule === "cushion-broken";
  const own = usesOfPool(target, input);
  const fitsHere = roomFor(own, cushion);
  const fits = roomFor(target.uses, cushion);
  const atSource = lowers(own, fitsHere)
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
    headroomForEach(
      pool,
      pool.claims.filter((claim) => inheritsFrom(claim, place)),
    ),
  );
  const fits = Math.min(...rooms);
  if (fits < 1 || fits >= reserved.value) return [];
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
  return [...setAtSource(input.context, own, granted, to(granted)), ...setClaim(target, least, to(least))];
};

/** Raises the reservation to the function's provisioned concurrency, where that fits in every pool. */
export const raiseToProvisioned: FixMaker = (input) => {
  const target = targetOf(input);
  if (!target) return [];
  const { declared, file, uses } = target;
  const { min: total, max } = provisionedTotal(declared);
  if (total !== max || total > roomFor(uses, false)) return [];
  const title = `Raise the reservation of ${declared.logicalId} to ${num(total)}`;
  return fix(title, [setReservation(file, declared, total)], declared.reserved.origin === "literal");
};

/** The uses that a finding speaks of: those in its pool. */
function usesOfPool({ uses }: Target, { context, finding }: FixInput): readonly Use[] {
  const named = poolOfData(context, finding);
  const own = uses.filter(({ pool }) => (named ? pool === named : pool.name === finding.pool));
  return own.length > 0 ? own : uses;
}

/** The largest reservation that fits in all of these. */
function roomFor(uses: readonly Use[], withCushion: boolean): number {
  const rooms = uses.map(({ pool, claim }) => {
    const cushion = withCushion ? (pool.budget?.pool.keepUnreserved?.value ?? 0) : 0;
    const room = headroomOf({ ...pool.ledger, floor: Math.max(pool.floor, cushion) }, claim);
    return worstCase(room);
  });
  return Math.min(...rooms);
}

function lowers(uses: readonly Use[], value: number): boolean {
  return value >= 1 && value < Math.max(...uses.map(({ claim }) => claim.claim.min));
}

/** Lowers the only provisioned concurrency of a function to its reservation. */
export const lowerProvisioned: FixMaker = (input) => {
  const target = targetOf(input);
  const reserved = target?.declared.reserved.value;
  const [only, ...others] = target?.declared.provisioned ?? [];
  if (!target || !only || others.length > 0 || typeof reserved !== "number" || reserved < 1) return [];
  const title = `Lower the provisioned concurrency of ${target.declared.logicalId} to ${num(reserved)}`;
  const best = only.origin === "literal" && raiseToProvisioned(input).length === 0;
  return fix(title, [setWritten(target.file, only, reserved)], best);
};

/** Removes the reservation: the function then shares what is unreserved. */
export const removeReservation: FixMaker = (input) => {
  const target = targetOf(input);
  if (!target) return [];
  const { declared, file } = target;
  const { origin, place } = declared.reserved;
  const properties = propertiesOf(file, declared);
  const pair = properties?.map.written.find((each) => covers(nodeSpan(each.value), place));
  if (!properties || !pair || (origin !== "literal" && origin !== "intrinsic")) return [];
  const edit = removePair(file, properties.map, pair, properties.holder);
  return fix(`Remove the reservation of ${declared.logicalId}`, [edit]);
};

/** Sets whatever makes a function's claim: its reservation, else its only provisioned concurrency. */
function setClaim({ declared, file }: Target, value: number, to: string): readonly Fix[] {
  const { reserved, provisioned, logicalId } = declared;
  if (reserved.value === null && provisioned.length > 0) {
    const [only, ...others] = provisioned;
    if (!only || others.length > 0 || value < 1) return [];
    const title = `Set the provisioned concurrency of ${logicalId} ${to}`;
    return fix(title, [setWritten(file, only, value)], only.origin === "literal");
  }
  const inherited = reserved.origin === "globals";
  const title = inherited ? `Override the Globals value: set ${logicalId} ${to}` : `Set ${logicalId} ${to}`;
  return fix(title, [setReservation(file, declared, value)], reserved.origin !== "intrinsic");
}
