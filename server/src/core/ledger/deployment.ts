import type { Bounds, Value } from "../model.ts";
import { add, exactly, sum, toValue } from "./bounds.ts";

/** What an account has left, in the numbers that a deployment is held against. */
export interface AccountRoom {
  readonly unreserved: number;
  readonly floor: number;
  /** What no reservation that was read explains of limit − unreserved: provisioned concurrency, or reservations that were not read. */
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
 * `over`: Lambda refuses it for certain. `credit`: it is accepted only if Lambda gives back provisioned concurrency of functions that get a
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
  readonly verdict: DeploymentVerdict;
}

/** What is not known of a deployment. */
export interface DeploymentDoubts {
  /** At most so much may come free beside what its functions hold: functions that it may declare, or remove, without our seeing it. */
  readonly mayFree: number;
  /** May it declare more than can be seen? */
  readonly mayTake: boolean;
}

/** What of an account no known reservation explains; never below 0, because the totals are read before the reservations. */
export function accountRoom(
  { limit, unreserved, floor }: { readonly limit: number; readonly unreserved: number; readonly floor: number },
  reserved: number,
): AccountRoom {
  return { unreserved, floor, unexplained: Math.max(0, limit - unreserved - reserved) };
}

/**
 * Can these functions be deployed now? Lambda refuses what takes more and leaves less than the floor; what is removed from a template holds its
 * claim until the end, so only functions of the deployment give something back.
 * @param known what the claims declare together, where that is known better than their bounds one by one
 */
export function deploymentOf(
  { unreserved, floor, unexplained }: AccountRoom,
  claims: readonly DeployedClaim[],
  { mayFree, mayTake }: DeploymentDoubts,
  known: Bounds = sum(claims.map(({ declared }) => declared)),
): Deployment {
  const declared = mayTake ? { min: known.min, max: undefined } : known;
  const reserved = sum(claims.map(({ held }) => held.reserved));
  const provisioned = claims.some(({ held }) => held.provisioned === undefined)
    ? unexplained
    : Math.min(
        unexplained,
        claims.reduce((total, { held }) => total + (held.provisioned ?? 0), 0),
      );
  const held = add(reserved, { min: 0, max: provisioned + mayFree });
  const deployment = { unreserved, floor, declared, reserved, held };
  const raises = {
    surely:
      claims.some(({ declared, held }) => declared.min > most(held, unexplained)) ||
      declared.min > (reserved.max ?? Number.POSITIVE_INFINITY) + provisioned,
    perhaps:
      mayTake || claims.some(({ declared, held }) => (declared.max ?? Number.POSITIVE_INFINITY) > held.reserved.min),
  };
  return { ...deployment, verdict: verdictOf(deployment, raises, mayFree) };
}

/** All that a function may hold. */
function most({ reserved, provisioned }: Held, unexplained: number): number {
  return (reserved.max ?? Number.POSITIVE_INFINITY) + Math.min(provisioned ?? unexplained, unexplained);
}

/** A deployment that raises nothing is accepted also below the floor. */
function verdictOf(
  deployment: Omit<Deployment, "verdict">,
  raises: { readonly surely: boolean; readonly perhaps: boolean },
  mayFree: number,
): DeploymentVerdict {
  const { declared, reserved, held } = deployment;
  const isShort = (takes: number | undefined, gives: number | undefined) =>
    gives !== undefined && (takes === undefined || shortOf(deployment, takes, gives) > 0);
  if (!raises.perhaps || !isShort(declared.max, held.min)) return "fits";
  if (!raises.surely) return "depends";
  if (isShort(declared.min, held.max)) return "over";
  return isShort(declared.min, add(reserved, exactly(mayFree)).max) ? "credit" : "depends";
}

/** How much too many it is when functions that hold `gives` are to take `takes`. */
function shortOf(
  { unreserved, floor }: Pick<Deployment, "unreserved" | "floor">,
  takes: number,
  gives: number,
): number {
  return Math.max(0, floor - (unreserved + gives - takes));
}

/** How much too many a deployment wants for certain; 0 unless it is `over`. */
export function shortOfDeployment(deployment: Deployment): number {
  const { declared, held, verdict } = deployment;
  return held.max === undefined || verdict !== "over" ? 0 : shortOf(deployment, declared.min, held.max);
}

/** How much too many it is when provisioned concurrency is not given back. */
export function shortWithoutCredit(deployment: Deployment): number {
  const { declared, reserved } = deployment;
  return reserved.max === undefined ? 0 : shortOf(deployment, declared.min, reserved.max);
}

/** The most that a deployment's functions can have together: what is unreserved above the floor, and what they hold; credited only where that is certain. */
export function freeFor({ unreserved, floor, reserved, held, verdict }: Deployment): number {
  const gives = verdict === "credit" ? reserved.max : held.max;
  return Math.max(0, unreserved + (gives ?? reserved.min) - floor);
}

/** What stays above the floor after a deployment that fits; undefined where nothing bounds what it takes. */
export function leftAfter({ unreserved, floor, declared, reserved }: Deployment): number | undefined {
  return declared.max === undefined ? undefined : Math.max(0, unreserved + reserved.min - declared.max - floor);
}

/**
 * The largest number that each of `copies` functions of a deployment can be given while the rest of it is deployed too. Provisioned
 * concurrency without a reservation is not counted back.
 * @param own what these functions declare now, together
 */
export function largestInDeployment(deployment: Deployment, own: Bounds, copies: number): Value {
  const { unreserved, floor, declared, reserved } = deployment;
  const room = (gives: number, others: number) =>
    Math.max(0, Math.floor((unreserved + gives - floor - others) / Math.max(1, copies)));
  const othersMax = declared.max === undefined || own.max === undefined ? undefined : declared.max - own.max;
  const bounds = {
    min: othersMax === undefined ? 0 : room(reserved.min, othersMax),
    max: reserved.max === undefined ? undefined : room(reserved.max, declared.min - own.min),
  };
  return toValue(bounds, "what the account or the rest of its stack holds is not decided");
}
