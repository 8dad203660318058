import { floorOf, headroomLeft, type KillRecord, liveClaim, num, type Room, roomFor } from "#core";
import { AccountError } from "../accountError.ts";
import { readSnapshot } from "../reading/readSnapshot.ts";
import { readTotals } from "../reading/totals.ts";
import type { Session } from "../session.ts";
import type { PreviewedRestore } from "./previewedRestore.ts";
import type { FreshFunction } from "./readKillFacts.ts";

/** What a pool lacks. */
export interface Shortage {
  readonly needed: number;
  /** What can be given: unreserved minus the floor. */
  readonly available: number;
  readonly floor: number;
  /** Functions that fit when they are restored in their order, one after the other. */
  readonly fitting: readonly string[];
  readonly message: string;
}

/** Does what a restore gives back fit? Without the totals nobody can say, and Lambda will; `floor` is the one that was learned. */
export async function shortage(
  session: Session,
  functions: readonly PreviewedRestore[],
  { signal, floor: learned }: { readonly signal?: AbortSignal; readonly floor?: number },
): Promise<Shortage | undefined> {
  const gains = functions.flatMap((found) =>
    found.kind === "restore" ? [{ name: found.name, gain: gain(found.record, found.fresh) }] : [],
  );
  const needed = gains.reduce((sum, each) => sum + each.gain, 0);
  if (needed <= 0) return undefined;
  try {
    const { limit, unreserved } = await readTotals(session, signal);
    const { floor } = floorOf(limit, { learned });
    const available = headroomLeft({ unreserved, floor });
    if (needed <= available) return undefined;
    const message = `The restore takes ${num(needed)} from the pool, but only ${num(available)} can be given: ${num(unreserved)} are unreserved, and ${num(floor)} must stay so. ${num(needed - available)} are short: lower other reservations first.`;
    return { needed, available, floor, fitting: fittingOf(gains, available), message };
  } catch (error) {
    if (error instanceof AccountError && error.kind === "cancelled") throw error;
    return undefined;
  }
}

/**
 * Reads the account to find who could make room for a restore that is short. Undefined when it was not read completely: then
 * somebody who holds most may be missing.
 */
export async function readRoom(
  session: Session,
  { needed, available }: Shortage,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<Room | undefined> {
  const { reading, functions } = await readSnapshot(session, signal === undefined ? {} : { signal });
  return reading.state === "complete" ? roomFor(functions, needed - available, new Set(names)) : undefined;
}

function fittingOf(
  gains: readonly { readonly name: string; readonly gain: number }[],
  available: number,
): readonly string[] {
  let left = available;
  return gains.flatMap(({ name, gain: wanted }) => {
    if (wanted > left && wanted > 0) return [];
    left -= wanted;
    return [name];
  });
}

/** How much more the function takes from the pool when it is restored. */
function gain({ before }: KillRecord, { live, details }: FreshFunction): number {
  return liveClaim(before) - liveClaim({ reserved: live.reserved, provisioned: details.provisioned });
}
