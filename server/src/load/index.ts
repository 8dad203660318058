/** The entry point of the load generator. */
export { type LoadClock, wallClock } from "./clock.ts";
export { csvOf } from "./csv.ts";
export { type ClosedLoopFacts, expectedThrottledShare } from "./expectation.ts";
export { functionTarget, type Invoke } from "./functionTarget.ts";
export { type HttpRequest, httpTarget } from "./httpTarget.ts";
export * from "./model.ts";
export { type LoadOptions, runLoad } from "./runLoad.ts";
export { type SelfCheck, selfCheck } from "./selfCheck.ts";
export { type WarmUp, warmUp } from "./warmUp.ts";
