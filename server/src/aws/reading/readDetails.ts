import type { FunctionDetails, LiveFunction, ReadingProblem } from "#core";
import type { AccountErrorKind } from "../accountError.ts";
import type { Session } from "../session.ts";
import { toAccountError } from "../toAccountError.ts";
import { type AccountLists, createAccountLists } from "./accountLists.ts";
import { readDeadLetter } from "./deadLetter.ts";
import { mappingOf } from "./mapping.ts";
import { partProblem } from "./notOffered.ts";
import { listProvisioned } from "./provisioned.ts";
import { scalingTargetOf } from "./scalingTarget.ts";

/** Failures of one part that leave the others nothing to tell. */
const final: ReadonlySet<AccountErrorKind> = new Set(["cancelled", "changed", "expired", "noCredentials", "notFound"]);

/**
 * Reads what hangs on a function: provisioned concurrency, scaling targets, event source mappings, dead-letter queue or destination. A part
 * that may not be read is empty and has a problem with its action. Everything is read afresh, unless `lists` keeps targets and mappings
 * of the whole account for a while: then the next function costs three calls. Throws an `AccountError`: cancelled, expired, or `notFound`
 * when the function is gone.
 */
export async function readDetails(
  session: Session,
  { name }: Pick<LiveFunction, "name">,
  signal?: AbortSignal,
  lists: AccountLists = createAccountLists(session),
): Promise<FunctionDetails> {
  const readAt = new Date().toISOString();
  const problems: ReadingProblem[] = [];
  const part = async <T>(action: string, read: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await read();
    } catch (error) {
      const failure = toAccountError(signal?.aborted ? signal.reason : error, action);
      if (final.has(failure.kind)) throw failure;
      problems.push({ action: failure.action ?? action, message: partProblem(failure, action) });
      return otherwise;
    }
  };
  const [provisioned, targets, mappings, deadLetter] = await Promise.all([
    part("lambda:ListProvisionedConcurrencyConfigs", async () => await listProvisioned(session, name, signal), []),
    part("application-autoscaling:DescribeScalableTargets", async () => await lists.targets(signal), []),
    part("lambda:ListEventSourceMappings", async () => await lists.mappings(signal), []),
    part("lambda:GetFunction", async () => await readDeadLetter(session, name, signal), undefined),
  ]);
  return {
    readAt,
    provisioned,
    targets: targets.flatMap((entry) => scalingTargetOf(name, entry) ?? []),
    mappings: mappings.flatMap((entry) => mappingOf(name, entry) ?? []),
    ...(deadLetter === undefined ? {} : { deadLetter }),
    problems: problems.sort((a, b) => (a.action < b.action ? -1 : 1)),
  };
}
