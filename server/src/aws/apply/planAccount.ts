import {
  type AccountIdentity,
  floorOf,
  type LiveFunction,
  type Plan,
  type PlanFunction,
  type PlanState,
  planChanges,
  type Wanted,
} from "#core";
import { AccountError } from "../accountError.ts";
import { isNotOffered } from "../reading/notOffered.ts";
import { listProvisioned } from "../reading/provisioned.ts";
import { readFunction } from "../reading/readFunction.ts";
import { readTotals, totalsIfOffered } from "../reading/totals.ts";
import { createSemaphore } from "../semaphore.ts";
import type { Session } from "../session.ts";
import { toAccountError } from "../toAccountError.ts";
import { blockedBy, owedHere, withOwed } from "./killsInPlan.ts";

/** A plan, with the fresh facts it was made from. */
export interface AccountPlan {
  readonly identity: AccountIdentity;
  /** When the totals were read; ISO 8601. */
  readonly readAt: string;
  readonly state: PlanState;
  readonly floorSource: "configured" | "learned" | "estimated";
  readonly wanted: readonly Wanted[];
  readonly plan: Plan;
  /** The stacks that functions of the plan belong to: their next deployment may undo it. */
  readonly stacks: ReadonlyMap<string, string>;
  /** Functions whose provisioned concurrency may not be asked for: Lambda alone compares it with the reservation. */
  readonly unread: ReadonlySet<string>;
}

/** Where a plan's floor comes from, and what else is known. */
export interface PlanAccountOptions {
  /** What a budget or a user says. */
  readonly floor?: number;
  /** What Lambda named when it last refused something here. */
  readonly learnedFloor?: number;
  /** State folder: functions that were killed on this machine are not planned. */
  readonly folder?: string;
  /** Asks for the provisioned concurrency of these functions alone, where it matters. Default: of all. */
  readonly provisionedOf?: ReadonlySet<string>;
  /** Compared with a plan that was made before: what could be read for that (its totals, where `totals`) must be read again, and nothing beside it. */
  readonly recheck?: { readonly totals: boolean };
  readonly signal?: AbortSignal;
}

const ahead = 8;

/**
 * Reads the account afresh and plans. What cannot be done is in `plan.problems`, with no steps. Throws an `AccountError` when something that
 * the plan rests on cannot be read.
 */
export async function planAccount(
  session: Session,
  wanted: readonly Wanted[],
  options: PlanAccountOptions = {},
): Promise<AccountPlan> {
  const { signal } = options;
  const semaphore = createSemaphore(ahead);
  const names = [...new Map(wanted.map((one) => [one.name, one])).values()];
  const found = await Promise.all(
    names.map(async (one) => {
      const leave = await semaphore.acquire(signal).catch((error: unknown) => {
        throw toAccountError(error);
      });
      try {
        return await readOne(session, one, options);
      } finally {
        leave();
      }
    }),
  );
  // Totals last: they are compared again before the first call.
  const totals = await (options.recheck?.totals ? readTotals : totalsIfOffered)(session, signal);
  const { readAt } = totals;
  const { limit, unreserved } = "why" in totals ? {} : totals;
  const facts = found.filter((one) => one !== undefined);
  const { floor, floorSource } = floorOf(limit, { configured: options.floor, learned: options.learnedFloor });
  const known = limit === undefined || unreserved === undefined ? {} : { limit, unreserved };
  const state = { ...known, floor, functions: facts.map((one) => one.plan) };
  const plan = planChanges(state, wanted);
  const owed = options.recheck || plan.steps.length === 0 ? undefined : await owedHere(session, options);
  const blocked = await blockedBy(
    session,
    facts.map(({ live }) => live),
    plan,
    options.folder,
  );
  return {
    identity: session.identity,
    readAt,
    state,
    floorSource,
    wanted,
    plan:
      blocked.problems.length === 0
        ? withNotes(withOwed(plan, owed, floor), blocked.broken)
        : { ...plan, steps: [], notes: [], problems: [...blocked.problems, ...plan.problems] },
    unread: new Set(facts.flatMap(({ live, unread }) => (unread ? [live.name] : []))),
    stacks: new Map(facts.flatMap(({ live }) => (live.stack === undefined ? [] : [[live.name, live.stack.name]]))),
  };
}

function withNotes(plan: Plan, notes: readonly string[]): Plan {
  return { ...plan, notes: [...plan.notes, ...notes] };
}

interface Fact {
  readonly live: LiveFunction;
  readonly plan: PlanFunction;
  readonly unread: boolean;
}

/** Undefined when there is no such function. */
async function readOne(
  session: Session,
  wanted: Wanted,
  { signal, provisionedOf, recheck }: PlanAccountOptions,
): Promise<Fact | undefined> {
  let live: LiveFunction;
  try {
    live = await readFunction(session, wanted.name, signal);
  } catch (error) {
    if (error instanceof AccountError && error.kind === "notFound") return undefined;
    throw error;
  }
  const { name, reserved } = live;
  if (typeof reserved === "object" && reserved !== null)
    throw new AccountError("failed", `The reservation of ${name} is not known: ${reserved.unknown}.`);
  const asked = (provisionedOf?.has(name) ?? true) && matters(reserved, wanted.reserved);
  const provisioned = asked ? await provisionedOrUnread(session, name, signal, recheck) : [];
  const configs = (provisioned ?? []).map(({ qualifier, requested }) => ({ qualifier, requested }));
  return { live, plan: { name, reserved, provisioned: configs }, unread: provisioned === undefined };
}

/** Undefined where these may not be asked for, which is no change from one plan to the next. */
async function provisionedOrUnread(
  session: Session,
  name: string,
  signal: AbortSignal | undefined,
  recheck: PlanAccountOptions["recheck"],
): Promise<Awaited<ReturnType<typeof listProvisioned>> | undefined> {
  try {
    return await listProvisioned(session, name, signal);
  } catch (error) {
    if (!recheck && error instanceof AccountError && isNotOffered(error)) return undefined;
    throw error;
  }
}

/** A reservation that only grows holds its provisioned concurrency whatever that is; asking costs a call of the small rate budget. */
function matters(from: number | null, to: number | null): boolean {
  return from !== to && !(from !== null && to !== null && to > from);
}
