import { judgeCount } from "../intrinsics/count.ts";
import { type Evaluated, sketchOf } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import type { Place, Setting, SourceKind, Unknown, Value } from "../model.ts";
import { isSet, type Properties, propertyValue } from "./property.ts";
import { memberSettingOf } from "./settings.ts";

/** An event source as it is written; what it reads from may be another resource and is looked up later. */
export interface EventSource {
  /** Logical id of the mapping (SAM: function id + event name). */
  readonly source: string;
  readonly place: Place;
  readonly kind: SourceKind;
  /** What calls the function without a mapping, in words: `Schedule`, `Api`. */
  readonly what?: string;
  /** Text or sketch of the ARN that it reads from. */
  readonly from?: string;
  /** False: it is switched off. Unknown: that is not decided. */
  readonly enabled: boolean | Unknown;
  /** `ScalingConfig.MaximumConcurrency`; null: none. */
  readonly maximum: Value;
  /** `ParallelizationFactor`; null: none. */
  readonly parallelization: Value;
  /** `ProvisionedPollerConfig.MaximumPollers`, null when that is not written; absent: no provisioned pollers. */
  readonly pollers?: Value;
  /** Kafka share groups (`ConsumptionMode: Queue`). */
  readonly queueMode?: true;
}

/** What an event source is called, and what is known of it before its properties are read. */
export type SourceHead = Pick<EventSource, "source" | "place" | "kind">;

const pollersMember = { key: "MaximumPollers", least: 1, required: false } as const;

/**
 * Reads the properties of a mapping, or of an event that SAM makes a mapping of.
 * @param scaling `ScalingConfig.MaximumConcurrency`, read by the caller
 */
export function readEventSource(
  evaluator: Evaluator,
  properties: Properties,
  head: SourceHead,
  scaling: Setting | undefined,
  from: Evaluated,
): EventSource {
  const sketch = sketchOf(from);
  const parallelization = properties.get("ParallelizationFactor");
  return {
    ...head,
    ...(sketch === undefined ? {} : { from: sketch }),
    enabled: enabledOf(evaluator, properties, "Enabled"),
    maximum: scaling?.value ?? null,
    parallelization: parallelization ? judgeCount(propertyValue(evaluator, parallelization), 1).value : null,
    ...pollersOf(evaluator, properties, head.place),
    ...(isQueueMode(evaluator, properties) && { queueMode: true }),
  };
}

/** A source of events that has none of these properties: a schedule, a topic, an API. */
export function plainSource(
  head: SourceHead & { readonly what: string },
  enabled: EventSource["enabled"] = true,
): EventSource {
  return { ...head, enabled, maximum: null, parallelization: null };
}

/** `Enabled`, or another property that says so. */
export function enabledOf(evaluator: Evaluator, properties: Properties, key: string): EventSource["enabled"] {
  const value = propertyValue(evaluator, properties.get(key));
  if (value.kind === "undecided") return { unknown: value.reason };
  return !(value.kind === "scalar" && /^(?:false|disabled)$/i.test(value.text));
}

function pollersOf(evaluator: Evaluator, properties: Properties, place: Place): Pick<EventSource, "pollers"> {
  const property = properties.get("ProvisionedPollerConfig");
  if (!property || isSet(evaluator, property) === false) return {};
  return { pollers: memberSettingOf(evaluator, property, pollersMember, { place, sam: true })?.value ?? null };
}

function isQueueMode(evaluator: Evaluator, properties: Properties): boolean {
  const property = properties.get("SelfManagedKafkaEventSourceConfig") ?? properties.get("ConsumptionMode");
  if (!property) return false;
  const value = propertyValue(evaluator, property);
  const mode = evaluator.member(value, "ConsumptionMode");
  const text = mode ? evaluator.evaluate(mode.value, mode.scope) : value;
  return text.kind === "scalar" && text.text === "Queue";
}

/** What the resources are that mappings read from. */
const kindOfType: Readonly<Record<string, SourceKind>> = {
  "AWS::SQS::Queue": "sqs",
  "AWS::Kinesis::Stream": "kinesis",
  "AWS::Kinesis::StreamConsumer": "kinesis",
  "AWS::DynamoDB::Table": "dynamodb",
  "AWS::DynamoDB::GlobalTable": "dynamodb",
  "AWS::MSK::Cluster": "kafka",
  "AWS::MSK::ServerlessCluster": "kafka",
  "AWS::AmazonMQ::Broker": "mq",
};

const kindOfService: Readonly<Record<string, SourceKind>> = {
  sqs: "sqs",
  kinesis: "kinesis",
  dynamodb: "dynamodb",
  kafka: "kafka",
  mq: "mq",
};

/** Properties that only one kind of mapping has. */
const kindOfProperty: readonly (readonly [string, SourceKind])[] = [
  ["SelfManagedEventSource", "kafka"],
  ["SelfManagedKafkaEventSourceConfig", "kafka"],
  ["AmazonManagedKafkaEventSourceConfig", "kafka"],
  ["Topics", "kafka"],
  ["Queues", "mq"],
  ["ScalingConfig", "sqs"],
];

/** Logical id of the resource whose ARN a sketch is: `\0Q.Arn\0`, `\0Q\0`. */
export function resourceIn(sketch: string | undefined): string | undefined {
  return /^\0([^\0.]+)(?:\.[^\0]*)?\0$/.exec(sketch ?? "")?.[1];
}

/** What a mapping reads from. */
export function kindOfMapping(
  from: Evaluated,
  properties: Properties,
  typeOf: (logicalId: string) => string | undefined,
): SourceKind {
  const sketch = sketchOf(from);
  const id = resourceIn(sketch);
  const known = id === undefined ? undefined : kindOfType[typeOf(id) ?? ""];
  const service = /^arn:(?:\0[^\0]*\0|[^:\0])*:([a-z]+):/.exec(sketch ?? "")?.[1];
  const named = known ?? (service === undefined ? undefined : kindOfService[service]);
  return named ?? kindOfProperty.find(([key]) => properties.get(key))?.[1] ?? "other";
}
