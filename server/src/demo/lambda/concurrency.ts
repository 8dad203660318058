import { checkReserved } from "../limits.ts";
import type { Call, Reply } from "../wire/call.ts";
import { unqualifiedFunction } from "./names.ts";

/** `PutFunctionConcurrency` */
export function putFunctionConcurrency(call: Call): Reply {
  const subject = unqualifiedFunction(call, ":$LATEST");
  const value = call.input.ReservedConcurrentExecutions;
  checkReserved(call.region.state, subject, value);
  subject.reserved = value;
  call.changed();
  return { body: { ReservedConcurrentExecutions: value } };
}

/** `GetFunctionConcurrency`: `null` where there is no reservation. */
export function getFunctionConcurrency(call: Call): Reply {
  return { body: { ReservedConcurrentExecutions: unqualifiedFunction(call).reserved } };
}

/** `DeleteFunctionConcurrency` */
export function deleteFunctionConcurrency(call: Call): Reply {
  unqualifiedFunction(call, ":$LATEST").reserved = null;
  call.changed();
  return { status: 204 };
}
