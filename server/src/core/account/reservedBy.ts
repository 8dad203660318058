import type { LiveFunction } from "../accountSnapshot.ts";

/** What functions reserve together; 0 for those of which it is none or not known. */
export function reservedBy(functions: readonly LiveFunction[]): number {
  return functions.reduce((sum, { reserved }) => sum + (typeof reserved === "number" ? reserved : 0), 0);
}
