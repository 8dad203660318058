import type { Answer } from "./target.ts";

/** The reason of a 429 that names no limit. */
export const unnamedLimit = "limit not named";

const THROTTLED = 429;
/** API Gateway answers these where Lambda throttles: 500 a REST API, 503 an HTTP API. */
const maybeThrottledStatuses: ReadonlySet<number> = new Set([500, 503]);
/** The first is of an HTTP API, the second of a REST API. */
const gatewayHeaders = ["apigw-requestid", "x-amz-apigw-id"];

/** What an HTTP answer means; `body` is needed for a 429 alone, where Lambda names the limit. */
export function httpAnswer(status: number, headers: Readonly<Record<string, unknown>>, body: string): Answer {
  const failed = headers["x-amz-function-error"];
  if (status < 400 && failed === undefined) return { outcome: "served", status };
  // An invocation by name answers 200 also when the function throws.
  if (status < 400) return { outcome: "failed", status, reason: `function error: ${failed}`, ran: true };
  const byGateway = gatewayHeaders.some((name) => headers[name] !== undefined);
  // The gateway has a rate of its own, which has nothing to do with the function.
  if (status === THROTTLED) return { outcome: "throttled", status, reason: byGateway ? "API Gateway" : limitIn(body) };
  const maybe = byGateway && maybeThrottledStatuses.has(status);
  return {
    outcome: "failed",
    status,
    reason: `HTTP ${status}`,
    ...(maybe ? { maybeThrottled: true } : { ran: status === 502 }),
  };
}

/** The field `Reason` of Lambda's answer. */
function limitIn(body: string): string {
  try {
    const { Reason }: { readonly Reason?: unknown } = JSON.parse(body);
    return typeof Reason === "string" && /^\w{1,80}$/.test(Reason) ? Reason : unnamedLimit;
  } catch {
    return unnamedLimit;
  }
}
