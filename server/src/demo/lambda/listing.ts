import { type Call, type Reply, whole } from "../wire/call.ts";
import { page } from "../wire/paging.ts";

const LARGEST_PAGE = 50;

/** One page of a list of the Lambda API; only what stands in it is described. */
export function listReply<T>(
  call: Call,
  key: string,
  entries: readonly T[],
  describe: (entry: T) => unknown,
  largest = LARGEST_PAGE,
): Reply {
  const size = Math.max(1, Math.min(whole(call.query.get("MaxItems")) ?? largest, largest));
  const { items, next } = page(entries, call.query.get("Marker") ?? undefined, size, call.emptyPage);
  return { body: { [key]: items.map(describe), ...(next === undefined ? {} : { NextMarker: next }) } };
}

/** A time as Lambda writes it: `2026-01-01T00:00:00+0000`. */
export function lambdaTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, "+0000");
}
