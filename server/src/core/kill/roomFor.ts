import { isKilled } from "../account/difference.ts";
import type { LiveFunction } from "../accountSnapshot.ts";
import { compare } from "../plan/wantedChanges.ts";
import { num } from "../wording/words.ts";

/** Who holds what of a pool that is short, and which of them could give enough. */
export interface Room {
  /** Largest first; functions without a reservation above 0 are not among them. */
  readonly holders: readonly Holder[];
  /** Each of these lowerings would be enough by itself, and leaves the function running; largest reservation first. */
  readonly enough: readonly { readonly name: string; readonly from: number; readonly to: number }[];
}

/** A function with a reservation. */
export interface Holder {
  readonly name: string;
  readonly reserved: number;
  /** Stack that declares it. */
  readonly stack?: string;
}

/**
 * Where room could come from in a pool.
 * @param short how much is needed, from 1 on
 * @param except functions that are to get something, by name; those that are killed count with them
 */
export function roomFor(functions: readonly LiveFunction[], short: number, except: ReadonlySet<string>): Room {
  const holders = functions
    .flatMap((fn): readonly Holder[] => {
      const { name, reserved, stack, outsidePool } = fn;
      if (typeof reserved !== "number" || reserved === 0) return [];
      if (outsidePool !== undefined || except.has(name) || isKilled(fn)) return [];
      return [{ name, reserved, ...(stack === undefined ? {} : { stack: stack.name }) }];
    })
    .sort((a, b) => b.reserved - a.reserved || compare(a.name, b.name));
  const enough = holders
    .filter(({ reserved }) => reserved > short)
    .map(({ name, reserved }) => ({ name, from: reserved, to: reserved - short }));
  return { holders, enough };
}

/** More functions that could make room are not named. */
const mostHelpers = 3;

/** Which lowerings make enough room, as a sentence; none where no single one does. */
export function roomAdvice({ enough }: Room): readonly string[] {
  const [only, ...others] = enough.slice(0, mostHelpers).map(({ name, to }) => `${name} to ${num(to)}`);
  if (only === undefined) return [];
  if (others.length === 0) return [`Lowering ${only} makes enough room.`];
  return [`Lowering one of these makes enough room: ${[only, ...others].join(", ")}.`];
}
