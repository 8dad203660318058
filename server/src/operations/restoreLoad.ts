import { createJournal, isTakenOver, type LoadRecord, loadJournal, putBackLoad } from "#aws";
import { accountKey, num, putBackText } from "#core";
import { confirm } from "./confirm.ts";
import type { Operation } from "./operation.ts";

/** Load tests whose reservations are to be put back. */
export interface RestoreLoadWish {
  /** Functions; absent: all of the account on this machine. */
  readonly names?: readonly string[];
  /** Closes their records instead: the functions keep what they have. */
  readonly forget?: boolean;
  /** Only shows what would be done. */
  readonly dryRun?: boolean;
}

/** What is shown before it is done, a line each. */
export interface RestoreLoadPreview {
  readonly lines: readonly string[];
}

/** What became of one of them. */
export interface RestoredLoad {
  readonly name: string;
  /** `kept`: not put back, or not sure; its record stays, and `message` says why. */
  readonly outcome: "restored" | "changed" | "forgotten" | "kept";
  readonly message?: string;
}

/** How it ended; `nothing`: no load test has left anything to put back. */
export interface RestoreLoadOutcome {
  readonly kind: "nothing" | "shown" | "cancelled" | "done";
  /** The functions that it was about. */
  readonly names: readonly string[];
  readonly results: readonly RestoredLoad[];
  /** Records that cannot be read, a sentence each. */
  readonly broken: readonly string[];
}

/**
 * Puts back the reservations of load tests that were ended half way. What somebody changed since is not overwritten, and what an open kill
 * has taken over is left to the restore of that kill.
 */
export async function restoreLoad(
  operation: Operation<RestoreLoadPreview, RestoreLoadOutcome>,
  { names, forget = false, dryRun = false }: RestoreLoadWish,
): Promise<RestoreLoadOutcome> {
  const { session, state, ui } = operation;
  const journal = loadJournal(state.folder);
  const key = accountKey(session.identity);
  const { records, broken } = await journal.list();
  const kills = await createJournal(state.folder).list();
  const own = records.filter(
    (one) => one.key === key && (names === undefined || names.includes(one.name)) && !isTakenOver(one, kills.entries),
  );
  const end = async (kind: RestoreLoadOutcome["kind"], results: readonly RestoredLoad[] = []) => {
    const outcome: RestoreLoadOutcome = { kind, names: own.map(({ name }) => name), results, broken };
    await ui.report(outcome);
    return outcome;
  };
  if (own.length === 0) return await end("nothing");
  const production = await state.production(session.identity);
  const lines = own.map((record) => putBackText(record, new Date(state.now?.() ?? Date.now())));
  await ui.preview({ lines });
  if (dryRun) return await end("shown");
  const whom = own.length === 1 ? own[0]?.name : `${num(own.length)} functions`;
  const what = forget ? `Forget the load test on ${whom}` : `Put back the reservation of ${whom}`;
  const action = forget ? "Forget" : "Put Back";
  const answer = await confirm(operation, production, { what, action, changes: lines, consequences: [] });
  if (answer !== "yes") return await end("cancelled");
  const results: RestoredLoad[] = [];
  for (const record of own) results.push(await restoreOne(operation, record, forget));
  return await end("done", results);
}

async function restoreOne(
  { session, state }: Pick<Operation<never, never>, "session" | "state">,
  record: LoadRecord,
  forget: boolean,
): Promise<RestoredLoad> {
  const { folder, retryPolicy, now } = state;
  const { key, name, id } = record;
  const journal = loadJournal(folder);
  const claim = await journal.claim(key, name);
  if (claim === undefined)
    return {
      name,
      outcome: "kept",
      message: `A load test on ${name} is under way. ${await journal.holder(key, name)}`,
    };
  try {
    if (forget) {
      await journal.remove(id);
      return { name, outcome: "forgotten" };
    }
    const options = { folder, ...(retryPolicy !== undefined && { retryPolicy }), ...(now !== undefined && { now }) };
    const { outcome, message = "" } = await putBackLoad(session, record, options);
    const isOpen = (await journal.list()).records.some((one) => one.id === id);
    if (outcome === "done" || outcome === "already") return { name, outcome: "restored" };
    return { name, outcome: isOpen ? "kept" : "changed", message };
  } finally {
    await claim.release();
  }
}
