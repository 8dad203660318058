import type { IncomingHttpHeaders } from "node:http";
import type { DemoAccount } from "../demoAccount.ts";
import type { Fault } from "../faults.ts";
import { invokeUrl } from "../lambda/invoke.ts";
import { ServiceError, throttled } from "../serviceError.ts";
import type { Call, Reply } from "../wire/call.ts";
import { restJson, type Wire } from "../wire/protocols.ts";
import { scopeOf } from "../wire/signature.ts";
import { findOperation, type Operation } from "./findOperation.ts";
import { asMoto } from "./moto.ts";

/** A request as it came in. */
export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly requestId: string;
}

const OTHER_ACCOUNT = "210987654321";

/** Answers a request; nothing where the connection is to be cut. */
export async function answer(account: DemoAccount, incoming: Incoming): Promise<Wire | undefined> {
  const called = /^\/demo\/url\/([\w-]+)(?:\/|$)/.exec(incoming.url.pathname)?.[1];
  if (called !== undefined) return await answerUrl(account, incoming, called);
  if (incoming.url.pathname === "/demo/deliveries") return deliveries(account, incoming);
  const scope = scopeOf(incoming.headers);
  if (scope === undefined) {
    const missing = new ServiceError("MissingAuthenticationTokenException", 403, "Missing Authentication Token");
    return restJson.error(missing, incoming.requestId);
  }
  const { method, url, headers, body, requestId } = incoming;
  const found = findOperation({
    method,
    pathname: url.pathname,
    query: url.searchParams,
    headers,
    body,
    service: scope.service,
  });
  const faults = account.faults.strike(found.action);
  const has = (kind: Fault["kind"]) => faults.some((fault) => fault.kind === kind);
  const operation = has("moto") ? asMoto(found, scope.service) : found;
  await wait(
    account,
    account.latency + faults.reduce((sum, { kind, ms = 1000 }) => sum + (kind === "slow" ? ms : 0), 0),
  );
  const call: Omit<Call, "input"> = {
    ...callOf(account, incoming, scope.region),
    ...(has("other-account") ? { identity: otherIdentity(account) } : {}),
    path: operation.path,
    emptyPage: has("empty-pages"),
  };
  try {
    refuse(operation, call, faults, scope.service);
    const reply = await lagging(account, faults, operation, call);
    const owned = has("other-account") ? ownedByOther(reply, account) : reply;
    return has("cut") ? undefined : operation.protocol.reply(owned, operation.action, requestId);
  } catch (error) {
    return operation.protocol.error(error instanceof ServiceError ? error : mistake(error), requestId);
  }
}

/** What a call is answered where reads may lag behind what was changed. */
async function lagging(
  { faults: all, staleReads, clock }: DemoAccount,
  faults: readonly Fault[],
  operation: Operation,
  call: Omit<Call, "input">,
): Promise<Reply> {
  if (!all.anyStale) {
    staleReads.clear();
    return await handle(operation, call);
  }
  const { region } = call;
  staleReads.look(region, clock.now());
  const isRead = /^(?:Get|List|Describe)/.test(operation.action);
  const seen = isRead ? staleReads.seen(region, faults, clock.now()) : region;
  const reply = await handle(operation, { ...call, region: seen });
  staleReads.look(region, clock.now());
  return reply;
}

async function handle({ handler, protocol, action }: Operation, call: Omit<Call, "input">): Promise<Reply> {
  if (handler === undefined)
    throw new ServiceError("UnknownOperationException", 404, `The demo account does not know ${action}.`);
  // An invocation's payload is anything; all other bodies hold the members of the request.
  const input = action === "Invoke" ? {} : protocol.input(call.body);
  return await handler({ ...call, input });
}

/** Throws what the faults and the rate limits make of a call. */
function refuse(operation: Operation, call: Omit<Call, "input">, faults: readonly Fault[], service: string): void {
  const { action, permission, handler } = operation;
  const has = (kind: Fault["kind"]) => faults.some((fault) => fault.kind === kind);
  if (has("expired"))
    throw new ServiceError("ExpiredTokenException", 403, "The security token included in the request is expired");
  if (has("deny")) throw denied(call, permission);
  if (has("server-error"))
    throw new ServiceError(
      service === "lambda" ? "ServiceException" : "InternalFailure",
      500,
      "An internal error occurred.",
    );
  const lambda = service === "lambda";
  if (has("throttle"))
    throw lambda ? throttled("CallerRateLimitExceeded") : new ServiceError("ThrottlingException", 429, "Rate exceeded");
  if (has("moto")) return;
  if (lambda && handler !== undefined && !call.region.admits(action, call.region.clock.now()))
    throw throttled("CallerRateLimitExceeded");
}

function denied(call: Omit<Call, "input">, permission: string): ServiceError {
  const { identity } = call;
  const resource = resourceOf(call, permission);
  const message = `User: ${identity.arn} is not authorized to perform: ${permission} on resource: ${resource} because no identity-based policy allows the ${permission} action`;
  return new ServiceError("AccessDeniedException", 403, message, { Message: message });
}

/** What IAM calls the thing that an action is about. */
function resourceOf({ identity, region, path, query }: Omit<Call, "input">, permission: string): string {
  const { FunctionName: name, UUID: uuid } = path;
  if (uuid !== undefined)
    return `arn:aws:lambda:${region.state.region}:${identity.account}:event-source-mapping:${uuid}`;
  if (path.ARN !== undefined) return path.ARN;
  if (name === undefined) return "*";
  const arn = name.startsWith("arn:") ? name : region.arn(name);
  const qualifier = query.get("Qualifier");
  const qualified = /ProvisionedConcurrencyConfig$/.test(permission) && qualifier !== null;
  return qualified ? `${arn}:${qualifier}` : arn;
}

function callOf(account: DemoAccount, { url, headers, body, requestId }: Incoming, region: string) {
  return {
    region: account.region(region),
    identity: account.identity,
    requestId,
    origin: url.origin,
    headers,
    query: url.searchParams,
    body,
    changed: () => account.changed(),
  };
}

async function answerUrl(account: DemoAccount, incoming: Incoming, name: string): Promise<Wire> {
  const call = callOf(account, incoming, account.home);
  try {
    const reply = await invokeUrl({ ...call, path: { FunctionName: name }, input: {}, emptyPage: false });
    return restJson.reply(reply, "InvokeFunctionUrl", incoming.requestId);
  } catch (error) {
    return restJson.error(error instanceof ServiceError ? error : mistake(error), incoming.requestId);
  }
}

/** What Lambda has sent to dead-letter queues and destinations: the demo account has no queues to read it from. */
function deliveries(account: DemoAccount, { requestId }: Incoming): Wire {
  const sent = account.region(account.home).queue.deliveries;
  return restJson.reply({ body: { Deliveries: sent } }, "", requestId);
}

async function wait({ clock }: DemoAccount, milliseconds: number): Promise<void> {
  if (milliseconds > 0) await new Promise<void>((resolve) => clock.schedule(milliseconds, resolve));
}

function otherIdentity({ identity }: DemoAccount): DemoAccount["identity"] {
  return { account: OTHER_ACCOUNT, arn: `arn:aws:iam::${OTHER_ACCOUNT}:user/other`, userId: identity.userId };
}

/** The answer with ARNs of the other account: what its functions would be called. */
function ownedByOther(reply: Reply, { identity }: DemoAccount): Reply {
  const owned = (value: unknown): unknown => {
    if (typeof value === "string") return value.replaceAll(`:${identity.account}:`, `:${OTHER_ACCOUNT}:`);
    if (Array.isArray(value)) return value.map(owned);
    if (!isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, owned(each)]));
  };
  const { body, ...rest } = reply;
  return body === undefined ? rest : { ...rest, body: owned(body) as NonNullable<Reply["body"]> };
}

/** Dates and bytes stay as they are. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function mistake(error: unknown): ServiceError {
  const text = error instanceof Error ? error.message : String(error);
  return new ServiceError("ServiceException", 500, `The demo account made a mistake: ${text}`);
}
