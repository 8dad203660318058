import {
  GetFunctionCommand,
  type GetFunctionCommandOutput,
  GetFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import type { LiveFunction } from "#core";
import { AccountError } from "../accountError.ts";
import type { Session } from "../session.ts";
import { callLambda } from "./callAws.ts";
import { describedFunction, withOwed } from "./liveFunction.ts";

/** Rights may be given function by function; after so many refusals in a row a call is not tried on the others. */
const DENIALS = 3;

/** What was found out about one function. */
export interface Found {
  readonly function: LiveFunction;
  /** False when its tags could not be read, so that its stack is not known. */
  readonly tagged: boolean;
}

/** Reads reservations with as few calls as the caller's rights allow, and remembers which rights are missing. */
export interface ReservationReader {
  /**
   * Asks GetFunction; where it is denied, GetFunctionConcurrency, which shares its rate with all other calls. The reservation is unknown when
   * both are denied. Throws an `AccountError`, of kind `notFound` when there is no such function.
   */
  read(listed: LiveFunction, signal: AbortSignal | undefined): Promise<Found>;
  /** Refusals that kept a reservation from being read, one per action. */
  readonly denials: readonly AccountError[];
}

/** How a reader goes about it. */
export interface ReservationOptions {
  /**
   * When GetFunction shows no reservation, ask GetFunctionConcurrency as well. API models say that a reservation of 0 is shown, but no
   * recorded answer proves it: worth a call for one function, not for a thousand. Default: only where 0 is expected or may be left out.
   */
  readonly confirm?: boolean;
  readonly now?: () => number;
}

/** A reader for one reading of an account. */
export function createReservationReader(session: Session, options: ReservationOptions = {}): ReservationReader {
  const { confirm = false, now = Date.now } = options;
  const described = createRight();
  const counted = createRight();
  const denials = new Map<string, AccountError>();
  const readAt = () => new Date(now()).toISOString();

  async function count(name: string, signal: AbortSignal | undefined): Promise<number | null | undefined> {
    return await counted.use(async () => await getFunctionConcurrency(session, name, signal));
  }

  async function confirmed(listed: LiveFunction, answer: GetFunctionCommandOutput, signal: AbortSignal | undefined) {
    const known = describedFunction(listed, answer, readAt());
    const doubtful = confirm || known.killTags !== undefined || !showsZero(session, answer.Code?.Location);
    if (known.reserved !== null || !doubtful) return known;
    const reserved = await count(listed.name, signal);
    return reserved === undefined ? known : { ...known, reserved, readAt: readAt() };
  }

  return {
    async read(listed, signal) {
      const answer = await described.use(async () => await getFunction(session, listed.name, signal));
      if (answer !== undefined)
        return { function: withOwed(await confirmed(listed, answer, signal)), tagged: answer.TagsError === undefined };
      const reserved = await count(listed.name, signal);
      if (reserved !== undefined) return { function: { ...listed, reserved, readAt: readAt() }, tagged: false };
      for (const { denial } of [described, counted]) if (denial) denials.set(denial.action ?? "", denial);
      const unknown = "lambda:GetFunction and lambda:GetFunctionConcurrency are not allowed";
      return { function: { ...listed, reserved: { unknown } }, tagged: false };
    },
    get denials() {
      return [...denials.values()];
    },
  };
}

/** GetFunction without a qualifier: with one, Lambda leaves the reservation out. Throws an `AccountError`. */
export async function getFunction(
  session: Session,
  name: string,
  signal: AbortSignal | undefined,
): Promise<GetFunctionCommandOutput> {
  const command = new GetFunctionCommand({ FunctionName: name });
  return await callLambda(session, "GetFunction", (sending) => session.lambda.send(command, sending), signal);
}

/** The reservation, `null` when there is none. Throws an `AccountError`. */
export async function getFunctionConcurrency(
  session: Session,
  name: string,
  signal: AbortSignal | undefined,
): Promise<number | null> {
  const command = new GetFunctionConcurrencyCommand({ FunctionName: name });
  const answer = await callLambda(
    session,
    "GetFunctionConcurrency",
    (sending) => session.lambda.send(command, sending),
    signal,
  );
  return answer.ReservedConcurrentExecutions ?? null;
}

/** The right to make a call, which is found out by making it. */
function createRight() {
  let inARow = 0;
  let denial: AccountError | undefined;
  return {
    /** Undefined: denied now, or so often that it was not tried. */
    async use<T>(call: () => Promise<T>): Promise<T | undefined> {
      if (inARow >= DENIALS) return undefined;
      try {
        const result = await call();
        inARow = 0;
        return result;
      } catch (error) {
        if (!(error instanceof AccountError) || error.kind !== "denied") throw error;
        inARow++;
        denial ??= error;
        return undefined;
      }
    },
    get denial() {
      return denial;
    },
  };
}

/**
 * Does GetFunction at this endpoint show a reservation of 0? AWS and the demo account do. LocalStack leaves it out, as if there were
 * none, and other emulators are not known: there GetFunctionConcurrency must be asked too. `location` is the code's address in the answer.
 */
export function showsZero({ identity: { endpoint } }: Session, location: string | undefined): boolean {
  if (endpoint === undefined) return true;
  if (!URL.canParse(endpoint)) return false;
  const url = new URL(endpoint);
  if (/(?:^|\.)(?:amazonaws\.com|amazonaws\.com\.cn|api\.aws|api\.amazonwebservices\.com\.cn)$/.test(url.hostname))
    return true;
  return location?.startsWith(`${url.origin}/demo/code/`) === true;
}
