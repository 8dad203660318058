import type { AccountState } from "./accountState.ts";

/** Why no change can be begun in this state, as a sentence; undefined when it can. */
export function whyNotOpen(state: AccountState): string | undefined {
  if (state.kind === "connected") return undefined;
  if (state.kind === "connecting") return "The account is being connected. Wait until its numbers are there.";
  if (state.kind === "disconnected") return notConnected;
  return `The account could not be read: ${state.error.message} Refresh it first.`;
}

/** There is no account to change. */
export const notConnected = "Connect to an account first.";
