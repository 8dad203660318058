import type { AccountSnapshot, ReadFirst } from "#core";

/** So many names that no earlier snapshot vouches for are asked for: each that does not exist costs a call for nothing. */
const UNCERTAIN = 100;

/** Ranks of what is read: what files declare, what reserved something when the account was last read, what is on screen, the rest. */
export const ranks = { declared: 0, reserved: 1, shown: 2, other: 3 } as const;

/** What a reading is told about what matters. */
export interface ReadingWishes {
  /** What files declare; may come while the account is being read. */
  readonly first?: ReadFirst | Promise<ReadFirst>;
  /** Names of functions on screen, the most important first. */
  readonly shown?: readonly string[];
  readonly previous?: AccountSnapshot;
}

/** A function that is asked for by its name, before it is listed. */
export interface Ahead {
  readonly name: string;
  readonly rank: number;
}

/** What the last snapshot knew with a reservation, then what is on screen. */
export function aheadOf({ previous, shown = [] }: ReadingWishes): readonly Ahead[] {
  const known = new Set(previous?.functions.map(({ name }) => name));
  const reserved = (previous?.functions ?? []).flatMap(({ name, reserved }) =>
    typeof reserved === "number" ? [{ name, rank: ranks.reserved }] : [],
  );
  return [...reserved, ...shown.flatMap((name) => (known.has(name) ? [{ name, rank: ranks.shown }] : []))];
}

/** What files declare: those that the last snapshot knew, also by how their names begin; without one those whose names are written. */
export function declaredAhead(
  { names, beginnings }: ReadFirst,
  previous: AccountSnapshot | undefined,
): readonly Ahead[] {
  if (previous === undefined) return names.slice(0, UNCERTAIN).map((name) => ({ name, rank: ranks.declared }));
  const isDeclared = isFirst({ names, beginnings });
  return previous.functions.flatMap(({ name }) => (isDeclared(name) ? [{ name, rank: ranks.declared }] : []));
}

/** Is it declared, as far as its name tells? */
export function isFirst({ names, beginnings }: ReadFirst): (name: string) => boolean {
  const exact = new Set(names);
  const starts = new Set(beginnings);
  const lengths = [...new Set(beginnings.map(({ length }) => length))];
  return (name) => exact.has(name) || lengths.some((length) => starts.has(name.slice(0, length)));
}
