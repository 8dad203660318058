import { isDone } from "../change/outcome.ts";
import { setProvisioned } from "../change/setProvisioned.ts";
import type { ApplyRecord } from "../state/applyRecord.ts";
import { toAccountError } from "../toAccountError.ts";
import type { Applying } from "./applying.ts";
import type { ApplyReport } from "./applyReport.ts";

/** Puts all provisioned concurrency back that a record says is away; a cancelled apply does that too. Never throws. */
export async function putBack(
  { session, audit, options, notes }: Applying,
  { id, mode, away }: Pick<ApplyRecord, "id" | "mode" | "away">,
): Promise<ApplyReport["putBack"]> {
  const problem = await session.verify().then(
    () => undefined,
    (error: unknown) => toAccountError(error, "sts:GetCallerIdentity").message,
  );
  if (problem !== undefined) return away.map((config) => ({ ...config, back: false, message: problem }));
  const { retryPolicy } = options;
  const result: ApplyReport["putBack"][number][] = [];
  for (const config of away) {
    const { name, qualifier, requested } = config;
    const change = { from: null, to: requested };
    const outcome = await setProvisioned(
      session,
      name,
      qualifier,
      change,
      retryPolicy === undefined ? {} : { retryPolicy },
    );
    const { message } = outcome;
    const note = await audit.write({
      time: new Date(options.now?.() ?? Date.now()).toISOString(),
      action: mode,
      id,
      function: name,
      field: `provisioned:${qualifier}`,
      before: null,
      after: requested,
      result: outcome.outcome,
      ...(message === undefined ? {} : { message }),
    });
    if (note !== undefined) notes.push(note);
    const gone = outcome.error?.kind === "notFound" && { gone: true as const };
    result.push({ ...config, back: isDone(outcome), ...gone, ...(message === undefined ? {} : { message }) });
  }
  return result;
}
