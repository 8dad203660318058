import type { Bounds, Value } from "../model.ts";
import { add, anything, exactly, sum, toValue } from "./bounds.ts";

/** What an account has left, in the numbers that a deployment is held against. */
export interface AccountRoom {
  /** One number where the account says it. */
  readonly unreserved: Bounds;
  readonly floor: number;
  /**
   * The most that something else than the reservations that were read may hold: provisioned concurrency, or
   * reservations that were not read.
   */
  readonly unexplained: number;
}

/** What a function holds in the account. */
export interface Held {
  /** Its reservation: Lambda gives it back for certain. */
  readonly reserved: Bounds;
  /** The most that it may hold beside that, as provisioned concurrency; undefined: nobody looked. */
  readonly provisioned: number | undefined;
}

/** One function of a deployment. */
export interface DeployedClaim {
  readonly declared: Bounds;
  readonly held: Held;
}

/**
 * `over`: Lambda refuses it for certain. `credit`: it is accepted only if Lambda gives back provisioned concurrency of
 * functions that get a
 * reservation, which no recorded answer shows. `depends`: on what is not known of the files or of the account.
 */
export type DeploymentVerdict = "fits" | "over" | "credit" | "depends";

/** Functions that are deployed together, held against an account as it is now. */
export interface Deployment extends Omit<AccountRoom, "unexplained"> {
  /** What the functions declare together. */
  readonly declared: Bounds;
  /** What their reservations hold now. */
  readonly reserved: Bounds;
  /** What they hold now in whole; the highest value with all that may come free beside it. */
  readonly held: Bounds;
  /** How much of that is provisioned concurrency that comes free only if Lambda gives it back. */
  readonly credit: number;
  readonly verdict: DeploymentVerdict;
}

/** What is not known of a deployment. */
export interface DeploymentDoubts {
  /**
   * At most so much may come free beside what its functions hold: functions that it may declare, or remove, without
   * our seeing it.
   */
  readonly mayFree: number;
  /** May it declare more than can be seen? */
  readonly mayTake: boolean;
}

/**
 * The account says what is unreserved. What no known reservation explains is never below 0, because the totals are
 * read before the reservations.
 */
export function accountRoom(
  { limit, unreserved, floor }: { readonly limit: number; readonly unreserved: number; readonly floor: number },
  reserved: number,
): AccountRoom {
  return { unreserved: exactly(unreserved), floor, unexplained: Math.max(0, limit - unreserved - reserved) };
}

/**
 * The account does not say what is unreserved: at most what its known reservations leave of a limit that is stated.
 * Provisioned concurrency, which
 * Lambda accepts only above the floor, may hold a part of that.
 */
export function boundedRoom(
  { limit, floor }: { readonly limit: number | undefined; readonly floor: number },
  reserved: number,
): AccountRoom {
  if (limit === undefined) return { unreserved: anything, floor, unexplained: Number.POSITIVE_INFINITY };
  const most = Math.max(0, limit - reserved);
  return { unreserved: { min: 0, max: most }, floor, unexplained: Math.max(0, most - floor) };
}

/** Does the account itself say what is unreserved? */
export function isExact({ unreserved: { min, max } }: Pick<AccountRoom, "unreserved">): boolean {
  return min === max;
}

/**
 * Can these functions be deployed now? Lambda refuses what takes more and leaves less than the floor; what is removed
 * from a template holds its
 * claim until the end, so only functions of the deployment give something back.
 * @param known what the claims declare together, where that is known better than their bounds one by one
 */
export function deploymentOf(
  room: AccountRoom,
  claims: readonly DeployedClaim[],
  { mayFree, mayTake }: DeploymentDoubts,
  known: Bounds = sum(claims.map(({ declared }) => declared)),
): Deployment {
  return deploymentOfSum(room, sumOfClaims(claims, room), { mayFree, mayTake }, known);
}

/** What the functions of a deployment come to. */
export interface DeploymentSum {
  readonly reserved: Bounds;
  /** The most that they hold as provisioned concurrency; undefined: of some nobody looked. */
  readonly provisioned: number | undefined;
  /** How many of them take more than they hold for certain, and how many perhaps. */
  readonly raises: { readonly surely: number; readonly perhaps: number };
}

/** Adds up the functions of a deployment. */
export function sumOfClaims(claims: readonly DeployedClaim[], { unexplained }: AccountRoom): DeploymentSum {
  const all = claims.map(({ held }) => held.provisioned);
  return {
    reserved: sum(claims.map(({ held }) => held.reserved)),
    provisioned: all.reduce<number | undefined>((a, b) => (a === undefined || b === undefined ? undefined : a + b), 0),
    raises: {
      surely: claims.filter((claim) => raisesSurely(claim, unexplained)).length,
      perhaps: claims.filter(raisesPerhaps).length,
    },
  };
}

/** The same with some claims in place of others of the same functions. */
export function withClaims(
  all: DeploymentSum,
  { unexplained }: AccountRoom,
  instead: readonly { readonly before: DeployedClaim; readonly after: DeployedClaim }[],
): DeploymentSum {
  let { surely, perhaps } = all.raises;
  for (const { before, after } of instead) {
    surely += Number(raisesSurely(after, unexplained)) - Number(raisesSurely(before, unexplained));
    perhaps += Number(raisesPerhaps(after)) - Number(raisesPerhaps(before));
  }
  return { ...all, raises: { surely, perhaps } };
}

function raisesSurely({ declared, held: { reserved, provisioned } }: DeployedClaim, unexplained: number): boolean {
  return declared.min > (reserved.max ?? Number.POSITIVE_INFINITY) + Math.min(provisioned ?? unexplained, unexplained);
}

function raisesPerhaps({ declared, held }: DeployedClaim): boolean {
  return (declared.max ?? Number.POSITIVE_INFINITY) > held.reserved.min;
}

/** The same of functions that are added up. */
export function deploymentOfSum(
  room: AccountRoom,
  { reserved, provisioned: all, raises: { surely, perhaps } }: DeploymentSum,
  { mayFree, mayTake }: DeploymentDoubts,
  known: Bounds,
): Deployment {
  const { unreserved, floor, unexplained } = room;
  const declared = mayTake ? { min: known.min, max: undefined } : known;
  const provisioned = Math.min(unexplained, all ?? unexplained);
  // An upper bound of what is unreserved leaves no provisioned concurrency out.
  const credit = isExact(room) ? provisioned : 0;
  const held = add(reserved, { min: 0, max: credit + mayFree });
  const deployment = { unreserved, floor, declared, reserved, held, credit };
  const raises = {
    surely: surely > 0 || declared.min > (reserved.max ?? Number.POSITIVE_INFINITY) + provisioned,
    perhaps: mayTake || perhaps > 0,
  };
  return { ...deployment, verdict: verdictOf(deployment, raises, mayFree) };
}

/** A deployment that raises nothing is accepted also below the floor. */
function verdictOf(
  deployment: Omit<Deployment, "verdict">,
  raises: { readonly surely: boolean; readonly perhaps: boolean },
  mayFree: number,
): DeploymentVerdict {
  const { unreserved, floor, declared, reserved, held } = deployment;
  const least = floor - (unreserved.min + held.min);
  if (!raises.perhaps || (declared.max !== undefined && declared.max + least <= 0)) return "fits";
  if (!raises.surely) return "depends";
  if (shortOf(deployment, held.max) > 0) return "over";
  return shortOf(deployment, add(reserved, exactly(mayFree)).max) > 0 ? "credit" : "depends";
}

/** How much too many it is for certain when its functions give back at most `gives`. */
function shortOf({ unreserved, floor, declared }: Omit<Deployment, "verdict">, gives: number | undefined): number {
  if (unreserved.max === undefined || gives === undefined) return 0;
  return Math.max(0, floor - (unreserved.max + gives - declared.min));
}

/**
 * How much too many a deployment wants that cannot be made, without provisioned concurrency that may come back; 0
 * unless it is `over`.
 */
export function shortOfDeployment(deployment: Deployment): number {
  return deployment.verdict === "over" ? shortWithoutCredit(deployment) : 0;
}

/** How much too many it is when provisioned concurrency is not given back. */
export function shortWithoutCredit(deployment: Deployment): number {
  return shortOf(deployment, withoutCredit(deployment));
}

function withoutCredit({ verdict, reserved, held, credit }: Deployment): number | undefined {
  if (verdict === "credit") return reserved.max;
  return held.max === undefined ? undefined : held.max - credit;
}

/**
 * The most that a deployment's functions can have together: what is unreserved above the floor, and what they hold.
 * What
 * comes free only if Lambda gives back provisioned concurrency is not counted.
 */
export function freeFor(deployment: Deployment): number {
  const { unreserved, floor, reserved } = deployment;
  const gives = withoutCredit(deployment) ?? reserved.min;
  return Math.max(0, (unreserved.max ?? unreserved.min) + gives - floor);
}

/** What stays above the floor after a deployment that fits; undefined where nothing bounds what it takes. */
export function leftAfter(deployment: Deployment): Bounds | undefined {
  const { unreserved, floor, declared, reserved } = deployment;
  if (declared.max === undefined) return undefined;
  const min = Math.max(0, unreserved.min + reserved.min - declared.max - floor);
  if (isExact(deployment)) return exactly(min);
  const most = add(unreserved, reserved).max;
  return { min, max: most === undefined ? undefined : Math.max(0, most - declared.min - floor) };
}

/**
 * The largest number that each of `copies` functions of a deployment can be given while the rest of it is deployed
 * too. Provisioned
 * concurrency without a reservation is not counted back.
 * @param own what these functions declare now, together
 */
export function largestInDeployment(deployment: Deployment, own: Bounds, copies: number): Value {
  const { unreserved, floor, declared, reserved } = deployment;
  const room = (has: number, others: number) => Math.max(0, Math.floor((has - floor - others) / Math.max(1, copies)));
  const most = add(unreserved, reserved).max;
  const othersMax = declared.max === undefined || own.max === undefined ? undefined : declared.max - own.max;
  const bounds = {
    min: othersMax === undefined ? 0 : room(unreserved.min + reserved.min, othersMax),
    max: most === undefined ? undefined : room(most, declared.min - own.min),
  };
  return toValue(bounds, "what the account or the rest of its stack holds is not decided");
}
