import { ServiceError } from "../serviceError.ts";
import type { Reply } from "./call.ts";
import { decodeCbor, encodeCbor } from "./cbor.ts";
import { fromForm, toXml } from "./xml.ts";

/** An answer as it goes out. */
export interface Wire {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** How a family of services writes requests, answers and errors. */
export interface Protocol {
  /** Members of the request. Throws a `ServiceError` where the body cannot be read. */
  input(body: Buffer): Readonly<Record<string, unknown>>;
  reply(reply: Reply, action: string, requestId: string): Wire;
  error(error: ServiceError, requestId: string): Wire;
}

/** Names of the errors that the query protocol writes differently from JSON. */
const queryCodes: Readonly<Record<string, string>> = {
  AccessDeniedException: "AccessDenied",
  ExpiredTokenException: "ExpiredToken",
  InvalidParameterValueException: "InvalidParameterValue",
  MissingAuthenticationTokenException: "MissingAuthenticationToken",
  ThrottlingException: "Throttling",
  TooManyRequestsException: "Throttling",
};

/** Lambda's protocol: the operation stands in method and path, the error's name in a header. */
export const restJson: Protocol = {
  input: readJson,
  reply: ({ status = 200, headers = {}, body }, _action, requestId) => ({
    status,
    headers: { "x-amzn-requestid": requestId, ...(status === 204 ? {} : contentType("application/json")), ...headers },
    body: Buffer.isBuffer(body) ? body : status === 204 ? Buffer.alloc(0) : json(body ?? {}),
  }),
  error: ({ code, status, message, fields }, requestId) => ({
    status,
    headers: {
      "x-amzn-requestid": requestId,
      "x-amzn-errortype": code,
      ...contentType("application/json"),
      ...(status === 429 ? { "retry-after": "1" } : {}),
    },
    body: json(Object.keys(fields).length > 0 ? fields : { message }),
  }),
};

/** The JSON protocols: the operation stands in the header `X-Amz-Target`. */
export function awsJson(version: "1.0" | "1.1"): Protocol {
  const type = contentType(`application/x-amz-json-${version}`);
  return {
    input: readJson,
    reply: ({ status = 200, body }, _action, requestId) => ({
      status,
      headers: { "x-amzn-requestid": requestId, ...type },
      body: Buffer.isBuffer(body) ? body : json(body ?? {}, epochSeconds),
    }),
    error: ({ code, status, message }, requestId) => ({
      // These services send refusals of every kind with 400.
      status: status >= 500 ? status : 400,
      headers: { "x-amzn-requestid": requestId, ...type, ...queryError(code, status) },
      body: json({ __type: code, message }),
    }),
  };
}

/** The query protocol: a form in, XML out. */
export function query(namespace: string): Protocol {
  return {
    input: (body) => fromForm(new URLSearchParams(body.toString())),
    reply: ({ status = 200, body }, action, requestId) =>
      xml(
        status,
        requestId,
        `<${action}Response xmlns="${namespace}"><${action}Result>${toXml(body)}</${action}Result>${metadata(requestId)}</${action}Response>`,
      ),
    error: ({ code, status, message }, requestId) => {
      const details = toXml({
        Type: status >= 500 ? "Receiver" : "Sender",
        Code: queryCodes[code] ?? code,
        Message: message,
      });
      return xml(
        code === "ThrottlingException" ? 400 : status,
        requestId,
        `<ErrorResponse xmlns="${namespace}"><Error>${details}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
      );
    },
  };
}

/** Smithy RPC v2 with CBOR: the operation stands in the path. */
export const rpcCbor: Protocol = {
  input: (body) => {
    const value = body.length === 0 ? {} : decodeCbor(body);
    if (typeof value === "object" && value !== null) return { ...value };
    throw new ServiceError("SerializationException", 400, "The body is no CBOR map.");
  },
  reply: ({ status = 200, body }, _action, requestId) => cbor(status, requestId, body ?? {}, {}),
  error: ({ code, status, message }, requestId) =>
    cbor(status >= 500 ? status : 400, requestId, { __type: code, message }, queryError(code, status)),
};

function readJson(body: Buffer): Readonly<Record<string, unknown>> {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString());
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Answered below like a body of another kind.
  }
  throw new ServiceError("SerializationException", 400, "Could not parse request body into json.");
}

function json(value: unknown, replacer?: (this: unknown, key: string, value: unknown) => unknown): Buffer {
  return Buffer.from(JSON.stringify(value, replacer));
}

/** JSON writes times in seconds. `value` is already text here, the date itself stands in the holder. */
function epochSeconds(this: unknown, key: string, value: unknown): unknown {
  const holder: Readonly<Record<string, unknown>> = Object(this);
  const original = holder[key];
  return original instanceof Date ? original.getTime() / 1000 : value;
}

function xml(status: number, requestId: string, text: string): Wire {
  return { status, headers: { "x-amzn-requestid": requestId, ...contentType("text/xml") }, body: Buffer.from(text) };
}

function cbor(status: number, requestId: string, body: unknown, more: Record<string, string>): Wire {
  const headers = {
    "smithy-protocol": "rpc-v2-cbor",
    "x-amzn-requestid": requestId,
    ...contentType("application/cbor"),
  };
  return { status, headers: { ...headers, ...more }, body: encodeCbor(body) };
}

function metadata(requestId: string): string {
  return `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
}

function queryError(code: string, status: number): Record<string, string> {
  return { "x-amzn-query-error": `${queryCodes[code] ?? code};${status >= 500 ? "Receiver" : "Sender"}` };
}

function contentType(type: string): Record<string, string> {
  return { "content-type": type };
}
