/** The entry point of the module: a demo account that behaves like Lambda, for other modules and for tests. */
export type { AccountFile, FunctionEntry } from "./account/accountFile.ts";
export { checkAccount } from "./account/checkAccount.ts";
export { defaultAccount } from "./account/defaultAccount.ts";
export type { DemoAccount, DemoOptions } from "./demoAccount.ts";
export { type Clock, type ManualClock, manualClock } from "./engine/clock.ts";
export { type Fault, type FaultKind, faultKinds, parseFault } from "./faults.ts";
export { type DemoServer, startDemo } from "./server.ts";
