import { randomBytes } from "node:crypto";
import { accountKey, isoText, many, num, type PlanStep, type Wanted } from "#core";
import type { Session } from "../session.ts";
import { type ApplyJournal, applyJournal } from "../state/applyJournal.ts";
import type { ApplyRecord } from "../state/applyRecord.ts";
import { openAudit } from "../state/audit.ts";
import { toAccountError } from "../toAccountError.ts";
import type { Applying, ApplyOptions } from "./applying.ts";
import { type ApplyReport, notBegun } from "./applyReport.ts";
import { differences } from "./differences.ts";
import { type AccountPlan, planAccount } from "./planAccount.ts";
import { runSteps } from "./runSteps.ts";

/** What an apply is for. */
export interface ApplyPurpose {
  /** In a few words: the name of a budget file, `thumbnails to 350`. */
  readonly title: string;
  readonly mode?: "apply" | "set";
  /** Id, in the log of changes, of the apply or set that this one takes back. */
  readonly undoes?: string;
}

/**
 * Makes the calls of a plan. Before the first one: the caller is asked again, the log must be writable, no other apply may be under way or
 * unfinished here, and the account has to be what the plan was made from. It stops at the first step that is not made. Never throws.
 *
 * Between reading a function and changing it remains a window of one round trip, because Lambda has no compare-and-swap.
 */
export async function applyPlan(
  session: Session,
  planned: AccountPlan,
  purpose: ApplyPurpose,
  options: ApplyOptions,
): Promise<ApplyReport> {
  const { plan, state, identity } = planned;
  const [problem] = plan.problems;
  if (problem !== undefined) return notBegun("refused", problem.message);
  if (accountKey(identity) !== accountKey(session.identity))
    return notBegun("refused", `The plan is for account ${identity.account} in ${identity.region}. Plan again.`);
  if (plan.steps.length === 0)
    return { result: "done", steps: [], differences: [], putBack: [], notes: [], ...leftIn(state) };
  return await begin(session, options, async (applying) => {
    const pending = await unfinished(applying.journal, accountKey(identity), new Date(options.now?.() ?? Date.now()));
    if (pending !== undefined) return pending;
    const changed = await changedSince(session, planned, options);
    if (changed !== undefined) return changed;
    const names = new Set(plan.steps.map(({ name }) => name));
    const record: ApplyRecord = {
      version: 1,
      id: randomBytes(9).toString("base64url"),
      key: accountKey(identity),
      who: identity.arn,
      at: new Date(options.now?.() ?? Date.now()).toISOString(),
      title: purpose.title,
      mode: purpose.mode ?? "apply",
      ...(purpose.undoes !== undefined && { undoes: purpose.undoes }),
      floor: state.floor,
      steps: plan.steps,
      next: 0,
      away: [],
      before: state.functions.filter(({ name }) => names.has(name)),
    };
    return await runSteps(applying, record);
  });
}

function leftIn({ unreserved }: AccountPlan["state"]): Pick<ApplyReport, "unreserved"> {
  return unreserved === undefined ? {} : { unreserved };
}

/** Opens what every apply needs, and closes it after. */
export async function begin(
  session: Session,
  options: ApplyOptions,
  work: (applying: Applying) => Promise<ApplyReport>,
): Promise<ApplyReport> {
  const journal = applyJournal(options.folder);
  try {
    const claim = await journal.claim(accountKey(session.identity));
    if (claim === undefined)
      return notBegun(
        "refused",
        `Another apply to this account is under way. ${await journal.holder(accountKey(session.identity))}`,
      );
    try {
      const audit = await openAudit(options.folder, session.identity);
      try {
        await session.verify(options.signal);
        return await work({ session, journal, audit, options, notes: [] });
      } finally {
        await audit.close();
      }
    } finally {
      await claim.release();
    }
  } catch (error) {
    const { kind, message } = toAccountError(error);
    return notBegun(kind === "cancelled" ? "cancelled" : "refused", message);
  }
}

async function unfinished(journal: ApplyJournal, key: string, now: Date): Promise<ApplyReport | undefined> {
  const { records, broken } = await journal.list();
  const [first] = records.filter((record) => record.key === key);
  if (first !== undefined) {
    const { title, at, next, steps } = first;
    const message = `An earlier apply (${title}, begun ${isoText(at, now)}) ended after ${num(next)} of ${many(steps.length, "step")}. Finish it, take it back, or say that it is settled.`;
    return { ...notBegun("refused", message), unsettled: true };
  }
  const [unreadable] = broken;
  return unreadable === undefined ? undefined : notBegun("refused", unreadable);
}

/** Reads again what the plan rests on; undefined when nothing changed. */
async function changedSince(
  session: Session,
  { plan, state, unread }: AccountPlan,
  { folder, signal }: ApplyOptions,
): Promise<ApplyReport | undefined> {
  const wanted = wantedBy(plan.steps);
  // Lambda itself refuses a reservation below the provisioned concurrency; what a function gains depends on it.
  const puts = plan.steps.filter((step) => step.kind === "put" && step.from === null);
  const gaining = new Set(puts.flatMap(({ name }) => (unread.has(name) ? [] : [name])));
  const now = await planAccount(session, wanted, {
    floor: state.floor,
    folder,
    provisionedOf: gaining,
    recheck: { totals: state.limit !== undefined },
    ...(signal === undefined ? {} : { signal }),
  });
  const found = differences(state, now.state, new Set(wanted.map(({ name }) => name)), gaining);
  if (found.length > 0)
    return notBegun("changed", "The account changed since the plan; nothing was done. Plan again.", found);
  const [problem] = now.plan.problems;
  return problem === undefined ? undefined : notBegun("changed", problem.message, [problem.message]);
}

function wantedBy(steps: readonly PlanStep[]): readonly Wanted[] {
  const reservations = steps.filter((step) => step.kind === "put" || step.kind === "delete");
  return reservations.map((step) => ({ name: step.name, reserved: step.kind === "put" ? step.to : null }));
}
