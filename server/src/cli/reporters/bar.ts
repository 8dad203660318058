import { mostClaimed } from "#core";

const BAR = 20;

/** A bar of 20 cells: surely claimed, possibly claimed, free; `|` marks where the floor begins. `max` undefined: nothing bounds it. */
export function poolBar(
  limit: number,
  floor: number,
  claimed: { readonly min: number; readonly max?: number | undefined },
): string {
  if (limit <= 0) return "";
  const cells = (amount: number) => Math.min(BAR, Math.max(0, Math.round((amount / limit) * BAR)));
  const sure = claimed.min > 0 ? Math.max(1, cells(claimed.min)) : 0;
  const perhaps = Math.max(sure, claimed.max === undefined ? BAR : cells(claimed.max));
  const drawn = "█".repeat(sure) + "▒".repeat(perhaps - sure) + "░".repeat(BAR - perhaps);
  const mark = cells(mostClaimed({ limit, floor }));
  return `${drawn.slice(0, mark)}|${drawn.slice(mark)}`;
}
