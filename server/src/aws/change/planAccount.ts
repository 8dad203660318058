import {
  type AccountIdentity,
  accountKey,
  estimatedFloor,
  isKilled,
  type LiveFunction,
  type Plan,
  type PlanFunction,
  type PlanProblem,
  type PlanState,
  planChanges,
  type Wanted,
} from "#core";
import { AccountError } from "../accountError.ts";
import { createGate } from "../gate.ts";
import { wasRestoredElsewhere } from "../kill/elsewhere.ts";
import { createJournal, isOpen, type JournalEntry } from "../kill/journal.ts";
import { listProvisioned } from "../reading/provisioned.ts";
import { readFunction } from "../reading/readFunction.ts";
import { readTotals } from "../reading/totals.ts";
import type { Session } from "../session.ts";
import { toAccountError } from "../toAccountError.ts";

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
  const gate = createGate(ahead);
  const names = [...new Map(wanted.map((one) => [one.name, one])).values()];
  const found = await Promise.all(
    names.map(async (one) => {
      const leave = await gate.enter(signal).catch((error: unknown) => {
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
  const { limit, unreserved, readAt } = await readTotals(session, signal);
  const facts = found.filter((one) => one !== undefined);
  const floor = options.floor ?? options.learnedFloor ?? estimatedFloor(limit);
  const state = { limit, unreserved, floor, functions: facts.map((one) => one.plan) };
  const plan = planChanges(state, wanted);
  const blocked = await blockedBy(session, facts, plan, options.folder);
  const configured = options.floor === undefined ? undefined : "configured";
  return {
    identity: session.identity,
    readAt,
    state,
    floorSource: configured ?? (options.learnedFloor === undefined ? "estimated" : "learned"),
    wanted,
    plan: blocked.length === 0 ? plan : { ...plan, steps: [], notes: [], problems: [...blocked, ...plan.problems] },
    stacks: new Map(facts.flatMap(({ live }) => (live.stack === undefined ? [] : [[live.name, live.stack.name]]))),
  };
}

interface Fact {
  readonly live: LiveFunction;
  readonly plan: PlanFunction;
}

/** Undefined when there is no such function. */
async function readOne(
  session: Session,
  wanted: Wanted,
  { signal, provisionedOf }: PlanAccountOptions,
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
  const asked = provisionedOf?.has(name) ?? true;
  const provisioned = asked && matters(reserved, wanted.reserved) ? await listProvisioned(session, name, signal) : [];
  const configs = provisioned.map(({ qualifier, requested }) => ({ qualifier, requested }));
  return { live, plan: { name, reserved, provisioned: configs } };
}

/** A reservation that only grows holds its provisioned concurrency whatever that is; asking costs a call of the small rate budget. */
function matters(from: number | null, to: number | null): boolean {
  return from !== to && !(from !== null && to !== null && to > from);
}

async function blockedBy(
  { identity }: Session,
  facts: readonly Fact[],
  { unchanged }: Plan,
  folder: string | undefined,
): Promise<readonly PlanProblem[]> {
  const killed = folder === undefined ? new Map<string, JournalEntry>() : await killedHere(folder, identity);
  return facts.flatMap(({ live }) => {
    const { name, outsidePool } = live;
    if (unchanged.includes(name)) return [];
    if (outsidePool !== undefined)
      return { name, message: `${name} takes nothing from the pool (${outsidePool}): it has no reservation to set.` };
    const here = killed.get(name);
    if (!isKilled(live) && (here === undefined || wasRestoredElsewhere(here, live))) return [];
    return { name, message: `${name} was switched off by the kill switch. Restore it first, then plan again.` };
  });
}

async function killedHere(folder: string, identity: AccountIdentity): Promise<ReadonlyMap<string, JournalEntry>> {
  const key = accountKey(identity);
  const { entries } = await createJournal(folder).list();
  // The newest comes first, and is the one that counts.
  const open = entries.filter((entry) => entry.key === key && isOpen(entry)).reverse();
  return new Map(open.map((entry) => [entry.record.name, entry]));
}
