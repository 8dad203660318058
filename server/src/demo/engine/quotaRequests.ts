import type { QuotaRequestState, RegionState } from "../account/state.ts";
import type { Clock } from "./clock.ts";

/** Demo time until a request is looked at, and until a support case is decided, in milliseconds. AWS takes minutes to days. */
const LOOKED_AT = 30_000;
const DECIDED = 120_000;
/** Up to this many times the limit, a request is approved without a support case. */
const AUTOMATIC = 2;

/** Is AWS still busy with the request? */
export function isOpen({ status }: QuotaRequestState): boolean {
  return status === "PENDING" || status === "CASE_OPENED";
}

/** Lets the requests that are open go their way: approved at once or after a support case, which raises the limit, or not approved. */
export function settleQuotaRequests(state: RegionState, clock: Clock, changed: () => void): void {
  for (const request of state.quotaRequests) if (isOpen(request)) settle(request, state, clock, changed);
}

function settle(request: QuotaRequestState, state: RegionState, clock: Clock, changed: () => void): void {
  const decide = (status: string) => {
    request.status = status;
    request.updated = clock.now();
    if (status === "APPROVED") state.limit = Math.max(state.limit, request.desired);
    changed();
  };
  // Time may have run faster when the request was saved: then it lies in the future.
  const at = (delay: number, task: () => void) =>
    clock.schedule(Math.min(delay, request.created + delay - clock.now()), task);
  if (request.status === "CASE_OPENED") {
    at(DECIDED, () => decide("APPROVED"));
    return;
  }
  at(LOOKED_AT, () => {
    if (request.desired <= state.limit * AUTOMATIC) decide("APPROVED");
    else if (request.caseAllowed === false) decide("NOT_APPROVED");
    else {
      decide("CASE_OPENED");
      at(DECIDED, () => decide("APPROVED"));
    }
  });
}
