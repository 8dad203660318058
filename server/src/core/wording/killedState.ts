import type { KilledState } from "../killRecord.ts";
import { qualifierText } from "./arns.ts";
import { many, num } from "./words.ts";

/**
 * What a restore brings back, in a few words: `reservation 150, provisioned 20 on alias live, auto scaling of alias
 * live, 1 event source mapping`.
 */
export function stateText({ reserved, provisioned, targets, mappings }: KilledState): string {
  return [
    reserved === null ? "no reservation" : `reservation ${num(reserved)}`,
    ...provisioned.map(({ qualifier, requested }) => `provisioned ${num(requested)} on ${qualifierText(qualifier)}`),
    ...targets.map(({ qualifier }) => `auto scaling of ${qualifierText(qualifier)}`),
    ...(mappings.length === 0 ? [] : [many(mappings.length, "event source mapping")]),
  ].join(", ");
}
