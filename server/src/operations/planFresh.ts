import { type AccountPlan, learnedFloors, planAccount } from "#aws";
import { accountKey, many, type Wanted } from "#core";
import type { Operation } from "./operation.ts";

/** Up to this many functions are read in a moment. */
const few = 50;

/**
 * Reads the account afresh and plans. The floor is the one that is stated, else the one that Lambda once named here.
 * Throws an `AccountError` when something that the plan rests on cannot be read.
 */
export async function planFresh(
  { session, state, ui }: Pick<Operation<never, never>, "session" | "state" | "ui">,
  wanted: readonly Wanted[],
  stated?: number,
): Promise<AccountPlan> {
  const what = wanted.length === 1 ? (wanted[0]?.name ?? "") : many(wanted.length, "function");
  const { folder } = state;
  return await ui.progress(
    `Reading ${what}`,
    async ({ signal }) => {
      const learnedFloor = await learnedFloors(folder).get(accountKey(session.identity));
      return await planAccount(session, wanted, {
        folder,
        signal,
        ...(stated !== undefined && { floor: stated }),
        ...(learnedFloor !== undefined && { learnedFloor }),
      });
    },
    { brief: wanted.length <= few },
  );
}
