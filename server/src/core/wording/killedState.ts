import type { KilledState } from "../killRecord.ts";
import { many, num } from "./words.ts";

/** What a restore brings back, in a few words: `reservation 150, provisioned 20 on live, scaling of live, 1 event source mapping`. */
export function stateText({ reserved, provisioned, targets, mappings }: KilledState): string {
  return [
    reserved === null ? "no reservation" : `reservation ${num(reserved)}`,
    ...provisioned.map(({ qualifier, requested }) => `provisioned ${num(requested)} on ${qualifier}`),
    ...targets.map(({ qualifier }) => `scaling of ${qualifier}`),
    ...(mappings.length === 0 ? [] : [many(mappings.length, "event source mapping")]),
  ].join(", ");
}
