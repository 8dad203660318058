/** An error answer of a service. Each protocol writes it in its own form. */
export class ServiceError extends Error {
  readonly code: string;
  readonly status: number;
  readonly fields: Readonly<Record<string, unknown>>;

  /** `fields` replace the body that Lambda would otherwise send beside the message. */
  constructor(code: string, status: number, message: string, fields: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.fields = fields;
  }
}

/** Lambda's refusal of a value, status 400. */
export function invalidParameter(message: string): ServiceError {
  return new ServiceError("InvalidParameterValueException", 400, message, { Type: "User", message });
}

/** Lambda's answer about something that does not exist, status 404; its text stands under `Message`. */
export function notFound(message: string): ServiceError {
  return new ServiceError("ResourceNotFoundException", 404, message, { Type: "User", Message: message });
}

/** Lambda's answer to a change that collides with the present state, status 409. */
export function conflict(message: string): ServiceError {
  return new ServiceError("ResourceConflictException", 409, message, { Type: "User", message });
}

/** A value outside the range that the API's model states, status 400. */
export function validation(value: unknown, member: string, constraint: string): ServiceError {
  const message = `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`;
  return new ServiceError("ValidationException", 400, message, { message });
}

/** Why Lambda throttles, word for word as in the field `Reason`. */
export type ThrottleReason =
  | "CallerRateLimitExceeded"
  | "ConcurrentInvocationLimitExceeded"
  | "FunctionInvocationRateLimitExceeded"
  | "ReservedFunctionConcurrentInvocationLimitExceeded"
  | "ReservedFunctionInvocationRateLimitExceeded";

/** Lambda's 429. Invocations say "Rate Exceeded.", management calls "Rate exceeded". */
export function throttled(reason: ThrottleReason): ServiceError {
  const message = reason === "CallerRateLimitExceeded" ? "Rate exceeded" : "Rate Exceeded.";
  return new ServiceError("TooManyRequestsException", 429, message, { Reason: reason, Type: "User", message });
}
