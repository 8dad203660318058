import type { MappingState } from "../account/state.ts";
import { notFound, ServiceError, validation } from "../serviceError.ts";
import { type Call, members, type Reply, whole } from "../wire/call.ts";
import { listReply } from "./listing.ts";
import { functionName } from "./names.ts";

/** Demo time that a change of a mapping takes, in milliseconds. */
const TRANSITION = 1500;
const LARGEST_PAGE = 100;

/** `ListEventSourceMappings`, for all functions or for one. */
export function listMappings(call: Call): Reply {
  const given = call.query.get("FunctionName");
  const source = call.query.get("EventSourceArn");
  const wanted = given === null ? undefined : functionName(call, given);
  const found = call.region.state.mappings.filter(
    (mapping) =>
      (wanted === undefined || (mapping.functionName === wanted.name && mapping.qualifier === wanted.qualifier)) &&
      (source === null || mapping.eventSourceArn === source),
  );
  return listReply(call, "EventSourceMappings", found, (mapping) => describe(call, mapping), LARGEST_PAGE);
}

/** `GetEventSourceMapping` */
export function getMapping(call: Call): Reply {
  return { body: describe(call, find(call)) };
}

/** `UpdateEventSourceMapping`: members that are not given stay as they are. Refused while a change is under way. */
export function updateMapping(call: Call): Reply {
  const mapping = find(call);
  const now = call.region.clock.now();
  if (now < mapping.settledAt) {
    const message = "Cannot update the event source mapping because it is in use.";
    throw new ServiceError("ResourceInUseException", 400, message, { Type: "User", Message: message });
  }
  const { Enabled, BatchSize, ScalingConfig, ParallelizationFactor } = call.input;
  const enabled = typeof Enabled === "boolean" ? Enabled : mapping.enabled;
  const maximum = ScalingConfig === undefined ? mapping.maximumConcurrency : maximumConcurrency(ScalingConfig);
  if (maximum === undefined) delete mapping.maximumConcurrency;
  else mapping.maximumConcurrency = maximum;
  mapping.batchSize = whole(BatchSize) ?? mapping.batchSize;
  const factor = whole(ParallelizationFactor);
  if (factor !== undefined) {
    if (factor < 1 || factor > 10)
      throw validation(factor, "parallelizationFactor", "Member must have value between 1 and 10");
    mapping.parallelizationFactor = factor;
  }
  mapping.transition = enabled === mapping.enabled ? "Updating" : enabled ? "Enabling" : "Disabling";
  mapping.enabled = enabled;
  mapping.modified = now;
  mapping.settledAt = now + TRANSITION;
  call.changed();
  return { status: 202, body: describe(call, mapping) };
}

/** The bound in a `ScalingConfig`; an empty one removes it. */
function maximumConcurrency(config: unknown): number | undefined {
  const value = members(config).MaximumConcurrency;
  if (value === undefined || value === null) return undefined;
  const number = whole(value);
  if (number !== undefined && number >= 2 && number <= 1000) return number;
  throw validation(value, "scalingConfig.maximumConcurrency", "Member must have value between 2 and 1000");
}

function find(call: Call): MappingState {
  const mapping = call.region.state.mappings.find(({ uuid }) => uuid === call.path.UUID);
  if (mapping) return mapping;
  throw notFound("The resource you requested does not exist.");
}

function describe(call: Call, mapping: MappingState): Record<string, unknown> {
  const settled = call.region.clock.now() >= mapping.settledAt;
  const queue = mapping.eventSourceArn.startsWith("arn:aws:sqs:");
  const bound = mapping.maximumConcurrency;
  return {
    UUID: mapping.uuid,
    EventSourceMappingArn: `arn:aws:lambda:${call.region.state.region}:${call.identity.account}:event-source-mapping:${mapping.uuid}`,
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: 0,
    EventSourceArn: mapping.eventSourceArn,
    FunctionArn: call.region.arn(mapping.functionName, mapping.qualifier),
    LastModified: mapping.modified / 1000,
    State: settled ? (mapping.enabled ? "Enabled" : "Disabled") : mapping.transition,
    StateTransitionReason: "USER_INITIATED",
    FunctionResponseTypes: [],
    ...(queue ? { ScalingConfig: bound === undefined ? {} : { MaximumConcurrency: bound } } : streamFields(mapping)),
  };
}

function streamFields(mapping: MappingState): Record<string, unknown> {
  return {
    StartingPosition: "LATEST",
    ParallelizationFactor: mapping.parallelizationFactor ?? 1,
    MaximumRecordAgeInSeconds: -1,
    MaximumRetryAttempts: -1,
    BisectBatchOnFunctionError: false,
    TumblingWindowInSeconds: 0,
    DestinationConfig: { OnFailure: {} },
    LastProcessingResult: "OK",
  };
}
