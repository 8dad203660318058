import type { LiveFunction } from "../accountSnapshot.ts";

/** What a function's reservation makes of it. */
export type FunctionGroup = "reserved" | "unreserved" | "off" | "outside" | "unknown";

/** The group of a function. A reservation that is not known is a group of its own: it is neither none nor 0. */
export function groupOf({ reserved, outsidePool }: LiveFunction): FunctionGroup {
  if (outsidePool !== undefined) return "outside";
  if (reserved === null) return "unreserved";
  if (typeof reserved !== "number") return "unknown";
  return reserved === 0 ? "off" : "reserved";
}
