import type { FunctionState } from "../account/state.ts";
import { notFound, throttled } from "../serviceError.ts";
import type { Call, Reply } from "../wire/call.ts";
import { findFunction, functionName, hasQualifier } from "./names.ts";

/** `Invoke`: `RequestResponse` takes its time and occupies an environment, `Event` goes to the queue, `DryRun` does nothing. */
export async function invoke(call: Call): Promise<Reply> {
  const { name, qualifier } = functionName(call);
  const subject = findFunction(call, name, qualifier === undefined ? "" : `:${qualifier}`);
  if (qualifier !== undefined && !hasQualifier(subject, qualifier))
    throw notFound(`Function not found: ${call.region.arn(name, qualifier)}`);
  const type = call.headers["x-amz-invocation-type"] ?? "RequestResponse";
  if (type === "DryRun") return { status: 204 };
  if (type === "Event") {
    call.region.queue.accept(subject, qualifier, call.requestId, payloadOf(call.body));
    return { status: 202, headers: { "x-amzn-remapped-content-length": "0" }, body: Buffer.alloc(0) };
  }
  const failed = await run(call, subject, qualifier);
  const alias = subject.aliases.find((other) => other.name === qualifier);
  const headers: Record<string, string> = { "x-amz-executed-version": alias?.version ?? qualifier ?? "$LATEST" };
  if (call.headers["x-amz-log-type"] === "Tail")
    headers["x-amz-log-result"] = Buffer.from(`START RequestId: ${call.requestId}\n`).toString("base64");
  if (!failed) return { headers, body: result(subject) };
  headers["x-amz-function-error"] = "Unhandled";
  return { headers, body: { errorType: "Error", errorMessage: "The demo function failed." } };
}

/** A request to a function URL. Throttling answers 429, a failing function 502. */
export async function invokeUrl(call: Call): Promise<Reply> {
  const subject = call.region.state.functions.find(({ name }) => name === call.path.FunctionName);
  if (subject?.url !== true) return { status: 404, body: { Message: null } };
  const failed = await run(call, subject, undefined);
  return failed ? { status: 502, body: { Message: "Internal Server Error" } } : { body: result(subject) };
}

/** `ListFunctionUrlConfigs` */
export function listFunctionUrls(call: Call): Reply {
  const subject = findFunction(call, functionName(call).name);
  return { body: { FunctionUrlConfigs: subject.url ? [urlConfig(call, subject)] : [] } };
}

/** `GetFunctionUrlConfig` */
export function getFunctionUrl(call: Call): Reply {
  const subject = findFunction(call, functionName(call).name);
  if (!subject.url) throw notFound("The resource you requested does not exist.");
  return { body: urlConfig(call, subject) };
}

async function run(call: Call, subject: FunctionState, qualifier: string | undefined): Promise<boolean> {
  const { invocations, clock } = call.region;
  const admission = invocations.start(subject, qualifier, clock.now());
  if ("throttle" in admission) throw throttled(admission.throttle);
  const { milliseconds, failed } = call.region.run(subject);
  await new Promise<void>((resolve) => clock.schedule(milliseconds, resolve));
  admission.slot.release();
  return failed;
}

function result(subject: FunctionState): Record<string, unknown> {
  return { statusCode: 200, body: JSON.stringify({ function: subject.name, demo: true }) };
}

function urlConfig(call: Call, subject: FunctionState): Record<string, unknown> {
  const time = new Date(subject.modified).toISOString();
  return {
    FunctionUrl: `${call.origin}/demo/url/${subject.name}/`,
    FunctionArn: call.region.arn(subject.name),
    AuthType: "NONE",
    CreationTime: time,
    LastModifiedTime: time,
    InvokeMode: "BUFFERED",
  };
}

function payloadOf(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString());
  } catch {
    return body.toString();
  }
}
