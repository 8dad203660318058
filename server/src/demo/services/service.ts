import type { Call, Reply } from "../wire/call.ts";

/** Operations of a service by name. */
export type Operations = Readonly<Record<string, (call: Call) => Reply | Promise<Reply>>>;
