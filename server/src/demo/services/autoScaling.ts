import type { ScalableTargetState } from "../account/state.ts";
import { ServiceError } from "../serviceError.ts";
import { uuidOf } from "../uuid.ts";
import { type Call, list, members, type Reply, text, whole } from "../wire/call.ts";
import { page } from "../wire/paging.ts";
import type { Operations } from "./service.ts";

const DIMENSION = "lambda:function:ProvisionedConcurrency";
const LARGEST_PAGE = 50;

/** Application Auto Scaling: the scalable targets of provisioned concurrency. */
export const autoScaling: Operations = {
  DescribeScalableTargets: describeTargets,
  RegisterScalableTarget: registerTarget,
};

function describeTargets(call: Call): Reply {
  const { input, region } = call;
  const ids = list(input.ResourceIds).map(String);
  const mine = input.ServiceNamespace === "lambda" && (input.ScalableDimension ?? DIMENSION) === DIMENSION;
  const found = region.state.targets.filter(({ resourceId }) => mine && (ids.length === 0 || ids.includes(resourceId)));
  const size = Math.min(whole(input.MaxResults) ?? LARGEST_PAGE, LARGEST_PAGE);
  const { items, next } = page(found, text(input.NextToken), size, call.emptyPage);
  const described = items.map((target) => describe(call, target));
  return { body: { ScalableTargets: described, ...(next === undefined ? {} : { NextToken: next }) } };
}

/** Makes a target or changes what is given of it. */
function registerTarget(call: Call): Reply {
  const { input, region } = call;
  const id = text(input.ResourceId) ?? "";
  if (input.ServiceNamespace !== "lambda" || input.ScalableDimension !== DIMENSION)
    throw invalid("Unsupported service namespace, resource type or scalable dimension");
  const known = region.state.targets.find(({ resourceId }) => resourceId === id);
  if (!known && !exists(call, id)) throw invalid(`Lambda function or alias not found: ${id}`);
  const minimum = whole(input.MinCapacity) ?? known?.minimum;
  const maximum = whole(input.MaxCapacity) ?? known?.maximum;
  if (minimum === undefined || maximum === undefined)
    throw invalid("MinCapacity and MaxCapacity are required for a new scalable target");
  if (minimum > maximum) throw invalid("Maximum capacity cannot be less than minimum capacity");
  const target = known ?? { resourceId: id, minimum, maximum, created: region.clock.now(), suspended: { ...running } };
  target.minimum = minimum;
  target.maximum = maximum;
  target.suspended = { ...target.suspended, ...switches(members(input.SuspendedState)) };
  if (!known) region.state.targets.push(target);
  call.changed();
  return { body: { ScalableTargetARN: targetArn(call, target) } };
}

const running: ScalableTargetState["suspended"] = {
  DynamicScalingInSuspended: false,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
};

function switches(given: Readonly<Record<string, unknown>>): Partial<ScalableTargetState["suspended"]> {
  const known = Object.entries(given).filter(([name, value]) => name in running && typeof value === "boolean");
  return Object.fromEntries(known);
}

function exists({ region }: Call, id: string): boolean {
  const [kind, name, qualifier] = id.split(":");
  const subject = region.state.functions.find((other) => other.name === name);
  if (kind !== "function" || subject === undefined) return false;
  return (
    subject.aliases.some((alias) => alias.name === qualifier) ||
    subject.versions.some(({ version }) => version === qualifier)
  );
}

function describe(call: Call, target: ScalableTargetState): Record<string, unknown> {
  return {
    ServiceNamespace: "lambda",
    ResourceId: target.resourceId,
    ScalableDimension: DIMENSION,
    MinCapacity: target.minimum,
    MaxCapacity: target.maximum,
    RoleARN: `arn:aws:iam::${call.identity.account}:role/aws-service-role/lambda.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_LambdaConcurrency`,
    CreationTime: new Date(target.created),
    SuspendedState: target.suspended,
    ScalableTargetARN: targetArn(call, target),
  };
}

function targetArn({ region, identity }: Call, { resourceId }: ScalableTargetState): string {
  const id = uuidOf(resourceId).replaceAll("-", "").slice(0, 32);
  return `arn:aws:application-autoscaling:${region.state.region}:${identity.account}:scalable-target/${id}`;
}

function invalid(message: string): ServiceError {
  return new ServiceError("ValidationException", 400, message);
}
