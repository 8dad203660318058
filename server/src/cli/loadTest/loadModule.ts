import type * as load from "#load";
import { loadBundle } from "../loadBundle.ts";

/** The load generator with its libraries: it is loaded when load is sent, and not before. */
export async function loadModule(): Promise<typeof load> {
  return await loadBundle("load.cjs", async () => await import("#load"));
}
