import type { FunctionDetails, LiveFunction, ReadingProblem } from "#core";
import { AccountError } from "../accountError.ts";
import { readTags } from "../change/read.ts";
import { inParallel } from "../inParallel.ts";
import { type AccountLists, createAccountLists } from "../reading/accountLists.ts";
import { mappingOf } from "../reading/mapping.ts";
import { partProblem } from "../reading/notOffered.ts";
import { listProvisioned } from "../reading/provisioned.ts";
import { readDetails } from "../reading/readDetails.ts";
import { readFunction } from "../reading/readFunction.ts";
import { scalingTargetOf } from "../reading/scalingTarget.ts";
import { roomForTags } from "../record/killTags.ts";
import type { Session } from "../session.ts";
import { toAccountError } from "../toAccountError.ts";

/** A function as it is now, with everything that a kill may touch. */
export interface FreshFunction {
  readonly live: LiveFunction & { readonly reserved: number | null };
  readonly details: FunctionDetails;
  /** How many tags a record may take; absent when the tags cannot be read. */
  readonly tagRoom?: number;
}

/** Who waits for fresh facts. */
export interface FreshOptions {
  readonly signal?: AbortSignal;
  /** Called when one more function is read. */
  readonly onRead?: (done: number, total: number) => void;
}

const WIDTH = 8;
/** Above it destinations of asynchronous events are not read: each costs a call of the small rate. */
const MOST_DESTINATIONS = 20;
/** Lists of the account are read once for all functions of one reading. */
const ONE_READING = 60 * 60_000;

/** Reads functions afresh; for one that cannot be read there is an error. Throws an `AccountError` when cancelled. */
export async function readKillFacts(
  session: Session,
  names: readonly string[],
  { signal, onRead }: FreshOptions,
): Promise<ReadonlyMap<string, FreshFunction | AccountError>> {
  const lists = createAccountLists(session, { maxAgeMs: ONE_READING });
  const read = names.length <= MOST_DESTINATIONS ? readDetails : readFewerDetails;
  let done = 0;
  const readOne = async (name: string): Promise<FreshFunction> => {
    const live = await readFunction(session, name, signal);
    const { reserved } = live;
    if (typeof reserved === "object" && reserved !== null)
      throw new AccountError("failed", `The reservation of ${name} is not known: ${reserved.unknown}.`);
    const details = await read(session, live, signal, lists);
    const tags = await readTags(session, live.arn).catch(() => undefined);
    return { live: { ...live, reserved }, details, ...(tags === undefined ? {} : { tagRoom: roomForTags(tags) }) };
  };
  const pairs = await inParallel(names, WIDTH, async (name): Promise<[string, FreshFunction | AccountError]> => {
    try {
      return [name, await readOne(name)];
    } catch (error) {
      const problem = toAccountError(signal?.aborted ? signal.reason : error);
      if (problem.kind === "cancelled") throw problem;
      return [name, problem];
    } finally {
      onRead?.(++done, names.length);
    }
  });
  return new Map(pairs);
}

/** What `readDetails` reads, but for the destination of asynchronous events. */
async function readFewerDetails(
  session: Session,
  { name }: LiveFunction,
  signal: AbortSignal | undefined,
  lists: AccountLists,
): Promise<FunctionDetails> {
  const problems: ReadingProblem[] = [notRead];
  const part = async <T>(action: string, reading: Promise<readonly T[]>): Promise<readonly T[]> => {
    try {
      return await reading;
    } catch (error) {
      const failure = toAccountError(error, action);
      if (failure.kind === "cancelled") throw failure;
      problems.push({ action, message: partProblem(failure, action) });
      return [];
    }
  };
  const targets = await part("application-autoscaling:DescribeScalableTargets", lists.targets(signal));
  const mappings = await part("lambda:ListEventSourceMappings", lists.mappings(signal));
  return {
    readAt: new Date().toISOString(),
    provisioned: await part("lambda:ListProvisionedConcurrencyConfigs", listProvisioned(session, name, signal)),
    targets: targets.flatMap((entry) => scalingTargetOf(name, entry) ?? []),
    mappings: mappings.flatMap((entry) => mappingOf(name, entry) ?? []),
    problems,
  };
}

const notRead: ReadingProblem = {
  action: "lambda:GetFunctionEventInvokeConfig",
  message: `Destinations of asynchronous events are read for at most ${MOST_DESTINATIONS} functions at a time.`,
};
