import type { AccountState } from "../account/accountState.ts";

/** Which details of functions were asked for: once for each reading, so that what cannot be read is not asked for again and again. */
export class DetailRequests {
  /** By node: `readAt` of the snapshot for which they were asked. */
  readonly #asked = new Map<string, string>();

  /** Are the details of a function missing, and not asked for since the last reading? From then on they count as asked for. */
  take(state: AccountState, node: string, name: string): boolean {
    if (state.kind !== "connected") return false;
    const { functions, readAt } = state.snapshot;
    const fn = functions.find((each) => each.name === name);
    if (fn === undefined || fn.details !== undefined || this.#asked.get(node) === readAt) return false;
    this.#asked.set(node, readAt);
    return true;
  }
}
