import type { QuotaRequestState } from "../account/state.ts";
import { isOpen, settleQuotaRequests } from "../engine/quotaRequests.ts";
import { ServiceError } from "../serviceError.ts";
import { uuidOf } from "../uuid.ts";
import { type Call, type Reply, text, whole } from "../wire/call.ts";
import { page } from "../wire/paging.ts";
import type { Operations } from "./service.ts";

const CODE = "L-B99A9384";
const DEFAULT_LIMIT = 1000;
const LARGEST_PAGE = 100;

/** Service Quotas: the one quota that counts here, Lambda's "Concurrent executions". */
export const quotas: Operations = {
  GetServiceQuota: (call) => ({ body: { Quota: quota(call, call.region.state.limit) } }),
  GetAWSDefaultServiceQuota: (call) => ({ body: { Quota: quota(call, DEFAULT_LIMIT) } }),
  RequestServiceQuotaIncrease: request,
  ListRequestedServiceQuotaChangeHistoryByQuota: history,
};

function request(call: Call): Reply {
  const { state, clock } = call.region;
  checkCode(call);
  const desired = call.input.DesiredValue;
  if (typeof desired !== "number" || !(desired > state.limit))
    throw new ServiceError(
      "IllegalArgumentException",
      400,
      "You must provide a quota value greater than the current quota value.",
    );
  if (state.quotaRequests.some(isOpen))
    throw new ServiceError(
      "ResourceAlreadyExistsException",
      400,
      "Only one open service quota increase request is allowed per quota.",
    );
  const id = uuidOf(`quota-${state.region}-${state.quotaRequests.length}`).replaceAll("-", "");
  const caseAllowed = call.input.SupportCaseAllowed !== false;
  const made = { id, desired, created: clock.now(), status: "PENDING", caseAllowed };
  state.quotaRequests.push(made);
  settleQuotaRequests(state, clock, call.changed);
  call.changed();
  return { body: { RequestedQuota: describe(call, made) } };
}

function history(call: Call): Reply {
  checkCode(call);
  const wanted = text(call.input.Status);
  const size = Math.max(1, Math.min(whole(call.input.MaxResults) ?? LARGEST_PAGE, LARGEST_PAGE));
  const found = call.region.state.quotaRequests.filter(({ status }) => wanted === undefined || status === wanted);
  const { items, next } = page(found, text(call.input.NextToken), size, call.emptyPage);
  const described = items.map((made) => describe(call, made));
  return { body: { RequestedQuotas: described, ...(next === undefined ? {} : { NextToken: next }) } };
}

function checkCode({ input }: Call): void {
  if (input.ServiceCode === "lambda" && input.QuotaCode === CODE) return;
  throw new ServiceError(
    "NoSuchResourceException",
    400,
    "The request failed because the specified quota does not exist.",
  );
}

function quota(call: Call, value: number): Record<string, unknown> {
  checkCode(call);
  return {
    ...named(call),
    Value: value,
    Adjustable: true,
    UsageMetric: {
      MetricNamespace: "AWS/Lambda",
      MetricName: "ConcurrentExecutions",
      MetricDimensions: {},
      MetricStatisticRecommendation: "Maximum",
    },
    QuotaAppliedAtLevel: "ACCOUNT",
  };
}

function describe(call: Call, made: QuotaRequestState): Record<string, unknown> {
  const { id, desired, created, updated = created, status } = made;
  return {
    Id: id,
    ...named(call),
    DesiredValue: desired,
    Status: status,
    Created: new Date(created),
    LastUpdated: new Date(updated),
    Requester: JSON.stringify({ accountId: call.identity.account, callerArn: call.identity.arn }),
    QuotaRequestedAtLevel: "ACCOUNT",
  };
}

function named({ region, identity }: Call): Record<string, unknown> {
  return {
    ServiceCode: "lambda",
    ServiceName: "AWS Lambda",
    QuotaArn: `arn:aws:servicequotas:${region.state.region}:${identity.account}:lambda/${CODE}`,
    QuotaCode: CODE,
    QuotaName: "Concurrent executions",
    Unit: "None",
    GlobalQuota: false,
  };
}
