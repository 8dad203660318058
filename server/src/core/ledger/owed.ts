import { list, num } from "../wording/words.ts";
import { liveClaim } from "./unreserved.ts";

/** What restores of killed functions will take from an account. */
export interface Owed {
  readonly total: number;
  /** The largest first. */
  readonly functions: readonly { readonly name: string; readonly owed: number }[];
}

/** How much more than it reserves now a killed function takes once it is restored. */
export function owedTo(before: Parameters<typeof liveClaim>[0], reserved: number | null): number {
  return Math.max(0, liveClaim(before) - (reserved ?? 0));
}

/** What restores will take together; undefined when nothing is owed. */
export function owedOf(
  functions: readonly { readonly name: string; readonly owed?: number | undefined }[],
): Owed | undefined {
  const owing = functions
    .flatMap(({ name, owed = 0 }) => (owed > 0 ? [{ name, owed }] : []))
    .sort((a, b) => b.owed - a.owed || (a.name < b.name ? -1 : 1));
  const total = owing.reduce((sum, { owed }) => sum + owed, 0);
  return total === 0 ? undefined : { total, functions: owing };
}

/** Functions that a sentence names; the rest is counted. */
const NAMED = 3;

/** `450`, `450, of which 150 are needed to restore blog-search`, `100, but 150 are needed to restore blog-search: 50 too few`. */
export function roomText(room: number, owed: Owed | undefined): string {
  if (owed === undefined) return num(room);
  const { total, functions } = owed;
  const names = list(
    functions.map(({ name }) => name),
    NAMED,
  );
  const needed = `${num(total)} ${total === 1 ? "is" : "are"} needed to restore ${names}`;
  return total <= room
    ? `${num(room)}, of which ${needed}`
    : `${num(room)}, but ${needed}: ${num(total - room)} too few`;
}
