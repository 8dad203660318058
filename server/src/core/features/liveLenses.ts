import { isLive } from "../account/matchLive.ts";
import type { LiveFunction } from "../accountSnapshot.ts";
import { groupBy } from "../groupBy.ts";
import type { Uri } from "../model.ts";
import type { FeatureContext } from "./context.ts";
import { liveTitle, liveValue, liveWord } from "./liveText.ts";
import { type Use, usesIn } from "./uses.ts";

/** A function of several stacks shows at most this many of its live values. */
const MAX_VALUES = 3;

/** The text above one function of a template. */
export interface LiveLens {
  /** Offset of the logical id. */
  readonly offset: number;
  readonly title: string;
  /** What it speaks of, in the order of the stacks. */
  readonly functions: readonly LiveFunction[];
}

/** What the account has of each function of a template, where it has it: `in AWS: 25 · max 18 in 3 h · 3 throttles`. */
export function liveLenses(
  { analysis, options }: Pick<FeatureContext, "analysis" | "options">,
  uri: Uri,
): readonly LiveLens[] {
  const word = liveWord(options);
  const uses = usesIn(analysis, uri).filter(({ pool }) => pool.live !== undefined);
  const byPlace = groupBy(uses, ({ claim }) => claim.function.place.start);
  return [...byPlace].flatMap(([offset, same]) => {
    const live = new Map(same.flatMap((use) => liveOf(use).map((each) => [each, use] as const)));
    const [only] = live.keys();
    if (!only) return [];
    return [
      { offset, title: live.size === 1 ? liveTitle(only, word) : valuesOf(live, word), functions: [...live.keys()] },
    ];
  });
}

function liveOf({ pool, claim }: Use): LiveFunction[] {
  const match = pool.live?.functions.get(claim);
  return isLive(match) && saysSomething(match) ? [match] : [];
}

/** No reservation and no use known is nothing to show above a function. */
function saysSomething({ reserved, usage }: LiveFunction): boolean {
  return typeof reserved === "number" || (reserved === null && usage?.maximum !== undefined);
}

/** `in AWS: 25 (orders-prod), 5 (orders-dev)`; the copies that `Fn::ForEach` makes by their logical ids. */
function valuesOf(live: ReadonlyMap<LiveFunction, Use>, word: string): string {
  const copies = new Set([...live.values()].map(({ claim }) => claim.function.logicalId)).size > 1;
  const all = [...live].map(([each, { claim }]) => {
    const which = copies ? claim.key.slice(claim.stack.name.length + 1) : (each.stack?.name ?? claim.stack.name);
    return `${liveValue(each)} (${which})`;
  });
  const rest = all.length - MAX_VALUES;
  return `${word}: ${all.slice(0, MAX_VALUES).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
