import { type FunctionState, provisionedSum, type RegionState, unreserved } from "./account/state.ts";
import { conflict, invalidParameter, ServiceError, validation } from "./serviceError.ts";

/** Throws what Lambda answers when it refuses this reservation; returns when Lambda accepts it. */
export function checkReserved(state: RegionState, subject: FunctionState, value: unknown): asserts value is number {
  if (value === undefined || value === null)
    throw validation("null", "reservedConcurrentExecutions", "Member must not be null");
  if (typeof value !== "number" || !Number.isInteger(value))
    throw new ServiceError("SerializationException", 400, "ReservedConcurrentExecutions is not an integer.");
  if (value < 0)
    throw validation(value, "reservedConcurrentExecutions", "Member must have value greater than or equal to 0");
  const provisioned = provisionedSum(subject);
  if (value < provisioned) {
    // The blank at the start and the double blank are Lambda's.
    const text = ` ReservedConcurrentExecutions  ${value} should not be lower than function's total provisioned concurrency [${provisioned}].`;
    throw invalidParameter(text);
  }
  if (value === 0) return;
  // The function gives back what it holds before it takes the new value.
  const released = subject.reserved ?? provisioned;
  if (unreserved(state) + released - value < state.floor) throw belowFloor("ReservedConcurrentExecutions", state.floor);
}

/** Throws what Lambda answers when it refuses this provisioned concurrency; returns when Lambda accepts it. */
export function checkProvisioned(
  state: RegionState,
  subject: FunctionState,
  qualifier: string,
  value: unknown,
): asserts value is number {
  if (typeof value !== "number" || !Number.isInteger(value))
    throw validation(value ?? "null", "provisionedConcurrentExecutions", "Member must not be null");
  if (value < 1)
    throw validation(value, "provisionedConcurrentExecutions", "Member must have value greater than or equal to 1");
  checkPair(subject, qualifier);
  if (value > state.limit) {
    throw invalidParameter(
      `Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [${state.limit}].`,
    );
  }
  const before = provisionedSum(subject);
  const after = provisionedSum(subject, qualifier) + value;
  if (subject.reserved !== null) {
    if (after > subject.reserved) {
      throw invalidParameter(
        "Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function",
      );
    }
    return;
  }
  if (unreserved(state) + before - after < state.floor) throw belowFloor("ConcurrentExecutions", state.floor);
}

/** A version and an alias of it cannot both have provisioned concurrency. */
function checkPair(subject: FunctionState, qualifier: string): void {
  const has = (name: string) => subject.provisioned.some((config) => config.qualifier === name);
  const alias = subject.aliases.find(({ name }) => name === qualifier);
  if (alias && has(alias.version))
    throw conflict("Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version");
  if (!alias && subject.aliases.some(({ name, version }) => version === qualifier && has(name)))
    throw conflict("Version is pointed by a Provisioned Concurrency alias");
}

function belowFloor(what: string, floor: number): ServiceError {
  const message = `Specified ${what} for function decreases account's UnreservedConcurrentExecution below its minimum value of [${floor}].`;
  return new ServiceError("InvalidParameterValueException", 400, message, { message });
}
