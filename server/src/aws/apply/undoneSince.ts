import { type PlanStep, qualifierText, valueText } from "#core";
import { readReserved } from "../change/read.ts";
import { type RetryPolicy, retryPolicy } from "../change/retryPolicy.ts";
import { readProvisioned } from "../change/setProvisioned.ts";
import { inParallel } from "../inParallel.ts";
import type { Session } from "../session.ts";
import type { ApplyRecord } from "../state/applyRecord.ts";
import { toAccountError } from "../toAccountError.ts";

/** A value of a function as the steps that are made have left it. */
interface Expected {
  readonly name: string;
  /** `Reservation of orders`. */
  readonly what: string;
  /** The last is what the apply made it. */
  readonly values: readonly (number | null)[];
  read(): Promise<number | null>;
}

const WIDTH = 8;
/** Reading may lag behind a change for a moment. */
const READS = 4;

/**
 * What of the steps that a record calls made is not so any more, as sentences. What the step under way changes is left out: it compares
 * for itself. Rejects with an `AccountError` when something cannot be read.
 */
export async function undoneSince(
  session: Session,
  record: ApplyRecord,
  { wait }: RetryPolicy = retryPolicy,
): Promise<readonly string[]> {
  const found = await inParallel(expectedOf(session, record), WIDTH, async (expected) => {
    for (let count = 1; ; count++) {
      const said = await difference(expected);
      if (said === undefined || count === READS) return said;
      await wait(250 * 2 ** (count - 1));
    }
  });
  return [...new Set(found.filter((said) => said !== undefined))];
}

async function difference({ name, what, values, read }: Expected): Promise<string | undefined> {
  try {
    const value = await read();
    return values.includes(value)
      ? undefined
      : `${what}: is now ${valueText(value)}, the apply made it ${valueText(values.at(-1) ?? null)}.`;
  } catch (error) {
    const problem = toAccountError(error);
    if (problem.kind === "notFound") return `${name} does not exist any more.`;
    throw problem;
  }
}

function expectedOf(session: Session, { steps, next, away }: ApplyRecord): readonly Expected[] {
  const last = new Map(steps.slice(0, next).map((step) => [fieldOf(step), step]));
  const current = steps[next];
  if (current !== undefined) last.delete(fieldOf(current));
  return [...last.values()].map((step): Expected => {
    const { name } = step;
    if (step.kind === "put" || step.kind === "delete") {
      const values = [step.kind === "put" ? step.to : null];
      return { name, what: `Reservation of ${name}`, values, read: () => readReserved(session, name) };
    }
    const { qualifier, requested } = step;
    // It may have been put back already; where it is not away it has been.
    const isAway = away.some((config) => config.name === name && config.qualifier === qualifier);
    return {
      name,
      what: `Provisioned concurrency of ${name}, ${qualifierText(qualifier)}`,
      values: isAway ? [null, requested] : [requested],
      read: async () => (await readProvisioned(session, name, qualifier))?.requested ?? null,
    };
  });
}

function fieldOf(step: PlanStep): string {
  return step.kind === "put" || step.kind === "delete" ? step.name : `${step.name}:${step.qualifier}`;
}
