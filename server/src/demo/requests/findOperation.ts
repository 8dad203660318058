import { cloudWatch } from "../cloudWatch/getMetricData.ts";
import { lambdaRoute } from "../lambda/routes.ts";
import { autoScaling } from "../services/autoScaling.ts";
import { iam, sts } from "../services/identity.ts";
import { quotas } from "../services/quotas.ts";
import type { Operations } from "../services/service.ts";
import { tagging } from "../services/tagging.ts";
import type { Call, Reply } from "../wire/call.ts";
import { awsJson, type Protocol, query, restJson, rpcCbor } from "../wire/protocols.ts";

/** A request whose operation is known. */
export interface Operation {
  readonly protocol: Protocol;
  /** `GetFunction` */
  readonly action: string;
  /** What IAM calls it: `lambda:GetFunction`. */
  readonly permission: string;
  readonly path: Readonly<Record<string, string>>;
  /** Nothing where the demo account does not have the operation. */
  readonly handler: ((call: Call) => Reply | Promise<Reply>) | undefined;
}

/** What tells the operations of a request apart. */
export interface Request {
  readonly method: string;
  /** Still encoded. */
  readonly pathname: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
  /** The service in the scope of the signature. */
  readonly service: string;
}

interface Service {
  readonly permission: string;
  readonly operations: Operations;
  /** Of its query protocol, if it has one. */
  readonly namespace?: string;
}

const services: Readonly<Record<string, Service>> = {
  sts: { permission: "sts", operations: sts, namespace: "https://sts.amazonaws.com/doc/2011-06-15/" },
  iam: { permission: "iam", operations: iam, namespace: "https://iam.amazonaws.com/doc/2010-05-08/" },
  monitoring: {
    permission: "cloudwatch",
    operations: cloudWatch,
    namespace: "http://monitoring.amazonaws.com/doc/2010-08-01/",
  },
  tagging: { permission: "tag", operations: tagging },
  servicequotas: { permission: "servicequotas", operations: quotas },
  "application-autoscaling": { permission: "application-autoscaling", operations: autoScaling },
};

/** Finds the operation by the protocol that the client speaks. */
export function findOperation(request: Request): Operation {
  if (request.service === "lambda") return lambdaOperation(request);
  const service = Object.hasOwn(services, request.service) ? services[request.service] : undefined;
  if (service === undefined) return unknown(restJson, `${request.method} ${request.pathname}`, request.service);
  const { action, protocol } = spoken(request, service);
  const handler = Object.hasOwn(service.operations, action) ? service.operations[action] : undefined;
  return { protocol, action, permission: `${service.permission}:${action}`, path: {}, handler };
}

function lambdaOperation({ method, pathname, query: parameters }: Request): Operation {
  const route = lambdaRoute(method, pathname, parameters);
  if (route === undefined) return unknown(restJson, `${method} ${pathname}`, "lambda");
  const { action, handler, path } = route;
  const permission = `lambda:${action === "Invoke" ? "InvokeFunction" : action}`;
  return { protocol: restJson, action, permission, path, handler };
}

function spoken(request: Request, { namespace }: Service): { readonly action: string; readonly protocol: Protocol } {
  const target = request.headers["x-amz-target"];
  if (typeof target === "string") {
    const version = String(request.headers["content-type"]).includes("json-1.0") ? "1.0" : "1.1";
    return { action: target.slice(target.lastIndexOf(".") + 1), protocol: awsJson(version) };
  }
  const operation = /\/operation\/(\w+)$/.exec(request.pathname)?.[1];
  if (operation !== undefined) return { action: operation, protocol: rpcCbor };
  const form = new URLSearchParams(request.body.toString());
  return { action: form.get("Action") ?? "", protocol: query(namespace ?? "") };
}

function unknown(protocol: Protocol, action: string, service: string): Operation {
  return { protocol, action, permission: `${service}:${action}`, path: {}, handler: undefined };
}
