import type { Call, Reply } from "../wire/call.ts";
import { deleteAlias } from "./aliases.ts";
import { deleteFunctionConcurrency, getFunctionConcurrency, putFunctionConcurrency } from "./concurrency.ts";
import { getEventInvokeConfig } from "./eventInvokeConfig.ts";
import {
  getAccountSettings,
  getFunction,
  getFunctionConfiguration,
  listAliases,
  listFunctions,
  listVersions,
} from "./functions.ts";
import { getFunctionUrl, invoke, listFunctionUrls } from "./invoke.ts";
import { getMapping, listMappings, updateMapping } from "./mappings.ts";
import {
  deleteProvisionedConcurrency,
  getProvisionedConcurrency,
  listProvisionedConcurrency,
  putProvisionedConcurrency,
} from "./provisioned.ts";
import { listTags, tagResource, untagResource } from "./tags.ts";

type Handler = (call: Call) => Reply | Promise<Reply>;

interface Operation {
  readonly method: string;
  /** Segments of the path; those in braces are variable. */
  readonly path: readonly string[];
  readonly action: string;
  readonly handler: Handler;
  /** A query parameter without which this is not the operation. */
  readonly needs?: string;
}

/** A request that a route knows. */
export interface Route {
  readonly action: string;
  readonly handler: Handler;
  readonly path: Readonly<Record<string, string>>;
}

const functions = "/2015-03-31/functions";
const provisioned = "/2019-09-30/functions/{FunctionName}/provisioned-concurrency";
const reserved = "/2017-10-31/functions/{FunctionName}/concurrency";
const mapping = "/2015-03-31/event-source-mappings/{UUID}";
const tags = "/2017-03-31/tags/{ARN}";

const operations: readonly Operation[] = [
  operation("GET", "/2016-08-19/account-settings", "GetAccountSettings", getAccountSettings),
  operation("GET", functions, "ListFunctions", listFunctions),
  operation("GET", `${functions}/{FunctionName}`, "GetFunction", getFunction),
  operation("GET", `${functions}/{FunctionName}/configuration`, "GetFunctionConfiguration", getFunctionConfiguration),
  operation("GET", `${functions}/{FunctionName}/versions`, "ListVersionsByFunction", listVersions),
  operation("GET", `${functions}/{FunctionName}/aliases`, "ListAliases", listAliases),
  operation("DELETE", `${functions}/{FunctionName}/aliases/{Name}`, "DeleteAlias", deleteAlias),
  operation(
    "GET",
    "/2019-09-25/functions/{FunctionName}/event-invoke-config",
    "GetFunctionEventInvokeConfig",
    getEventInvokeConfig,
  ),
  operation("POST", `${functions}/{FunctionName}/invocations`, "Invoke", invoke),
  operation("PUT", reserved, "PutFunctionConcurrency", putFunctionConcurrency),
  operation("DELETE", reserved, "DeleteFunctionConcurrency", deleteFunctionConcurrency),
  operation(
    "GET",
    "/2019-09-30/functions/{FunctionName}/concurrency",
    "GetFunctionConcurrency",
    getFunctionConcurrency,
  ),
  operation("GET", provisioned, "ListProvisionedConcurrencyConfigs", listProvisionedConcurrency, "List"),
  operation("GET", provisioned, "GetProvisionedConcurrencyConfig", getProvisionedConcurrency),
  operation("PUT", provisioned, "PutProvisionedConcurrencyConfig", putProvisionedConcurrency),
  operation("DELETE", provisioned, "DeleteProvisionedConcurrencyConfig", deleteProvisionedConcurrency),
  operation("GET", "/2015-03-31/event-source-mappings", "ListEventSourceMappings", listMappings),
  operation("GET", mapping, "GetEventSourceMapping", getMapping),
  operation("PUT", mapping, "UpdateEventSourceMapping", updateMapping),
  operation("GET", tags, "ListTags", listTags),
  operation("POST", tags, "TagResource", tagResource),
  operation("DELETE", tags, "UntagResource", untagResource),
  operation("GET", "/2021-10-31/functions/{FunctionName}/url", "GetFunctionUrlConfig", getFunctionUrl),
  operation("GET", "/2021-10-31/functions/{FunctionName}/urls", "ListFunctionUrlConfigs", listFunctionUrls),
];

/** The operation behind a method and a path (still encoded), if there is one. */
export function lambdaRoute(method: string, pathname: string, query: URLSearchParams): Route | undefined {
  const segments = pathname.replace(/\/$/, "").split("/").map(decode);
  for (const known of operations) {
    if (known.method !== method || (known.needs !== undefined && !query.has(known.needs))) continue;
    const path = match(known.path, segments);
    if (path) return { action: known.action, handler: known.handler, path };
  }
  return undefined;
}

function operation(method: string, path: string, action: string, handler: Handler, needs?: string): Operation {
  return { method, path: path.split("/"), action, handler, ...(needs === undefined ? {} : { needs }) };
}

function match(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? "";
    if (part.startsWith("{")) found[part.slice(1, -1)] = segment;
    else if (part !== segment) return undefined;
  }
  return found;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
