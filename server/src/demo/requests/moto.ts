import { findFunction, functionName } from "../lambda/names.ts";
import { notFound, ServiceError } from "../serviceError.ts";
import type { Call, Reply } from "../wire/call.ts";
import type { Operation } from "./findOperation.ts";

type Handler = NonNullable<Operation["handler"]>;

const notOffered = /^(?:GetAccountSettings|ListFunctionUrlConfigs|\w*ProvisionedConcurrencyConfigs?)$/;
/** Lists that it gives whole, whatever page is asked for. */
const whole: Readonly<Record<string, string>> = {
  ListFunctions: "Functions",
  ListAliases: "Aliases",
  ListEventSourceMappings: "EventSourceMappings",
  ListVersionsByFunction: "Versions",
};

/** The operation as moto 5 answers it (tried with 5.2.1), where that differs from AWS. */
export function asMoto(operation: Operation, service: string): Operation {
  const { action, handler } = operation;
  if (service === "servicequotas") return { ...operation, handler: noQuotas };
  if (service !== "lambda" || handler === undefined) return operation;
  if (notOffered.test(action)) return { ...operation, handler: page404 };
  return { ...operation, handler: named(lambdaHandler(action, handler)) };
}

function lambdaHandler(action: string, handler: Handler): Handler {
  const key = whole[action];
  if (key !== undefined) return (call) => allAtOnce(handler, key, call);
  if (action === "GetFunction") return (call) => withoutZero(handler, call);
  if (action === "PutFunctionConcurrency") return putAnything;
  return handler;
}

/** `$LATEST` fits none of its routes, another qualifier no name that it knows. */
function named(handler: Handler): Handler {
  return (call) => {
    const { FunctionName: given = "" } = call.path;
    if (given.includes("$")) return page404();
    const { qualifier } = given === "" ? {} : functionName(call);
    if (qualifier !== undefined && call.query.get("Qualifier") === null)
      throw notFound(`Function not found: ${call.region.arn(given)}`);
    return handler(call);
  };
}

function page404(): Reply {
  return { status: 404, headers: { "content-type": "text/html; charset=utf-8" }, body: Buffer.from(PAGE) };
}

const PAGE = `<!doctype html>
<html lang=en>
<title>404 Not Found</title>
<h1>Not Found</h1>
<p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.</p>
`;

/** Each page of the list, put into one. */
async function allAtOnce(handler: Handler, key: string, call: Call): Promise<Reply> {
  const found: unknown[] = [];
  const query = new URLSearchParams(call.query);
  query.delete("MaxItems");
  query.delete("Marker");
  for (;;) {
    const { body = {} } = await handler({ ...call, query });
    const { [key]: items, NextMarker: next } = body as Readonly<Record<string, unknown>>;
    found.push(...(Array.isArray(items) ? items : []));
    if (typeof next !== "string") return { body: { [key]: found } };
    query.set("Marker", next);
  }
}

/** A reservation of 0 counts as none in GetFunction, not in GetFunctionConcurrency. The code is no address of this account. */
async function withoutZero(handler: Handler, call: Call): Promise<Reply> {
  const { body, ...rest } = await handler(call);
  const { Concurrency, ...members } = body as Readonly<Record<string, unknown>>;
  const { ReservedConcurrentExecutions: reserved = 0 } = (Concurrency ?? {}) as Readonly<Record<string, unknown>>;
  const Location = `https://awslambda-${call.region.state.region}-tasks.s3.amazonaws.com/${call.path.FunctionName}`;
  const code = { RepositoryType: "S3", Location };
  return { ...rest, body: { ...members, Code: code, ...(reserved === 0 ? {} : { Concurrency }) } };
}

/** Without MOTO_LAMBDA_CONCURRENCY_QUOTA nothing is checked: neither limit nor floor, nor the value itself. */
function putAnything(call: Call): Reply {
  const subject = findFunction(call, functionName(call).name);
  const { ReservedConcurrentExecutions: value } = call.input;
  subject.reserved = typeof value === "number" ? value : null;
  call.changed();
  return { body: { ReservedConcurrentExecutions: value } };
}

function noQuotas(): never {
  const message =
    "This service is not available in the current Region. Choose a different Region or a different service.";
  throw new ServiceError("NoSuchResourceException", 400, message);
}
