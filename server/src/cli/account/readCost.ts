import type { Session } from "#aws";
import {
  type AccountSnapshot,
  type Cost,
  costOfLive,
  type LiveFunction,
  many,
  type ReadingProblem,
  sumOfCosts,
} from "#core";
import type { Io } from "../io.ts";
import type { AccountCost } from "../reporters/accountCost.ts";
import { isAccountError } from "./failure.ts";
import { loadAws } from "./openAccount.ts";
import { progressLine } from "./progressLine.ts";

/** Reads the provisioned concurrency of these functions, one call each, and says what they can cost. What may not be read is unknown. */
export async function readCost(
  session: Session,
  { identity: { region } }: Pick<AccountSnapshot, "identity">,
  functions: readonly LiveFunction[],
  io: Io,
  signal: AbortSignal,
): Promise<AccountCost> {
  const { listProvisioned } = await loadAws();
  const problems = new Map<string, ReadingProblem>();
  const line = progressLine(io);
  line.show(`Reading the provisioned concurrency of ${many(functions.length, "function")}`);
  const read = async (live: LiveFunction): Promise<readonly [string, Cost]> => {
    try {
      const found = live.outsidePool === undefined ? await listProvisioned(session, live.name, signal) : [];
      return [live.name, costOfLive(live, region, found)];
    } catch (error) {
      if (!isAccountError(error)) throw error;
      const { action = "lambda:ListProvisionedConcurrencyConfigs", message } = error;
      problems.set(message, { action, message });
      return [live.name, costOfLive(live, region, null)];
    }
  };
  try {
    // The session itself paces its calls.
    const costs = new Map(await Promise.all(functions.map(read)));
    const reserved = functions.filter((live) => live.outsidePool === undefined && live.reserved !== null);
    const total = sumOfCosts(reserved.flatMap(({ name }) => [[costs.get(name) as Cost, 1] as const]));
    const notCounted = functions.filter((live) => live.outsidePool === undefined && live.reserved === null).length;
    return { functions: costs, ...(total && { total }), notCounted, problems: [...problems.values()] };
  } finally {
    line.end();
  }
}
