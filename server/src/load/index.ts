/** The entry point of the load generator. */
export { type LoadClock, wallClock } from "./clock.ts";
export { csvOf } from "./csv.ts";
export { type HttpRequest, type HttpTargetOptions, httpTarget } from "./httpTarget.ts";
export { type LoadOptions, runLoad } from "./runLoad.ts";
export { type SelfCheck, selfCheck } from "./selfCheck.ts";
export type { Answer, LoadTarget } from "./target.ts";
export { warmUp } from "./warmUp.ts";
