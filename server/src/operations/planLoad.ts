import { type LoadReservation, learnedFloors, planLoadReservation } from "#aws";
import { accountKey } from "#core";
import type { LoadWish } from "./loadTypes.ts";
import type { Operation } from "./operation.ts";

/** The reservation that a load test compares with, planned afresh; a sentence: why it cannot be had; undefined: none is wanted. */
export async function planLoad(
  { session, state: { folder } }: Pick<Operation<never, never>, "session" | "state">,
  { name, reserve, floor }: LoadWish,
): Promise<LoadReservation | string | undefined> {
  if (reserve === undefined) return undefined;
  const learnedFloor = await learnedFloors(folder).get(accountKey(session.identity));
  return await planLoadReservation(session, name, reserve, {
    folder,
    ...(floor !== undefined && { floor }),
    ...(learnedFloor !== undefined && { learnedFloor }),
  });
}
