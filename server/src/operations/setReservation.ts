import { many, type Wanted } from "#core";
import { type AccountChange, type ChangeOutcome, type ChangePreview, changeAccount } from "./changeAccount.ts";
import type { Operation } from "./operation.ts";

/** Reservations that somebody wants to set. */
export interface SetWish extends Pick<AccountChange, "floor" | "dryRun"> {
  /** At least one; null: no reservation. */
  readonly wanted: readonly Wanted[];
}

/** How a set ended; `kill`: the kill switch is wanted in its place, nothing was done. */
export type SetOutcome = ChangeOutcome | { readonly kind: "kill"; readonly names: readonly string[] };

/**
 * Sets or removes reservations. A 0 switches a function off, and only the kill switch records how it was: where somebody
 * answers and nothing else is wanted, it is offered first.
 */
export async function setReservation(
  operation: Operation<ChangePreview, ChangeOutcome>,
  { wanted, floor, dryRun }: SetWish,
): Promise<SetOutcome | undefined> {
  const way = dryRun ? "set" : await killOrSet(operation, wanted);
  if (way === "kill") return { kind: "kill", names: wanted.map(({ name }) => name) };
  if (way === undefined) return undefined;
  return await changeAccount(operation, {
    mode: "set",
    ...textsOf(wanted),
    wanted,
    ...(floor !== undefined && { floor }),
    ...(dryRun !== undefined && { dryRun }),
  });
}

/** Undefined: cancelled. */
async function killOrSet(
  { ui }: Operation<ChangePreview, ChangeOutcome>,
  wanted: readonly Wanted[],
): Promise<"kill" | "set" | undefined> {
  const off = wanted.filter(({ reserved }) => reserved === 0).map(({ name }) => name);
  if (off.length === 0 || !ui.interactive) return "set";
  const what = off.length === 1 ? off[0] : many(off.length, "function");
  const kill = {
    label: "Use the kill switch",
    detail: "Records how it is now, so that it can be restored exactly.",
    value: "kill" as const,
  };
  const set = {
    label: "Only set the reservation to 0",
    detail: "Nothing is recorded: whoever wants it back has to know the number.",
    value: "set" as const,
  };
  return await ui.choose({
    title: `0 switches ${what} off`,
    placeholder: "How",
    items: off.length === wanted.length ? [kill, set] : [set],
  });
}

/** How a change is called and asked for. */
function textsOf(wanted: readonly Wanted[]): Pick<AccountChange, "title" | "what" | "action"> {
  const [first, ...others] = wanted;
  const value = first?.reserved ?? null;
  const isOne = others.length === 0;
  const whom = isOne ? (first?.name ?? "") : many(wanted.length, "function");
  if (others.some(({ reserved }) => reserved !== value))
    return {
      title: `${whom} to new reservations`,
      what: () => `Set the reservations of ${whom}`,
      action: "Set Reservations",
    };
  const reservation = isOne ? "reservation" : "reservations";
  return {
    title: `${whom} to ${value ?? "no reservation"}`,
    what: () =>
      value === null ? `Remove the ${reservation} of ${whom}` : `Set the ${reservation} of ${whom} to ${value}`,
    action: `${value === null ? "Remove" : "Set"} ${isOne ? "Reservation" : "Reservations"}`,
  };
}
