import type { LiveFunction } from "#core";

/** Where a function stands in the account tree, beside "needs attention". */
export type FunctionGroup = "reserved" | "unreserved" | "off" | "outside" | "unknown";

/** The group of a function. A reservation that is not known is a group of its own: it is neither none nor 0. */
export function groupOf({ reserved, outsidePool }: LiveFunction): FunctionGroup {
  if (outsidePool !== undefined) return "outside";
  if (reserved === null) return "unreserved";
  if (typeof reserved !== "number") return "unknown";
  return reserved === 0 ? "off" : "reserved";
}

/** Was it switched off by this product, with a record to restore? */
export function isKilled({ killTags }: LiveFunction): boolean {
  return Object.keys(killTags ?? {}).some((key) => key.startsWith("lambda-concurrency:kill:"));
}
