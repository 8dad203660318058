/** Single changes of an account: each reads first, calls only where it finds what was seen before, and reads back. */
export type { ChangeOptions } from "./compareAndSet.ts";
export type { Outcome } from "./outcome.ts";
export { type RetryPolicy, retryPolicy } from "./retryPolicy.ts";
export { setMappingEnabled } from "./setMappingEnabled.ts";
export { setProvisioned } from "./setProvisioned.ts";
export { setReserved } from "./setReserved.ts";
export { restoreScalingTarget, setScalingSuspension } from "./setScalingTarget.ts";
export { tagFunction, untagFunction } from "./tagFunction.ts";
