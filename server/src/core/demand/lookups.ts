import { judgeCount } from "../intrinsics/count.ts";
import { type Evaluated, scalar, sketchOf } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import type { Unknown, Value } from "../model.ts";
import { rootOf } from "../syntax/lookup.ts";
import { parse } from "../syntax/parse.ts";
import { resourceIn } from "../template/eventSource.ts";
import type { TemplateInstance } from "../template/instance.ts";
import { type Properties, propertiesOf, propertyValue } from "../template/property.ts";
import type { Resource } from "../template/resources.ts";
import { awsNumbers } from "./awsNumbers.ts";
import type { QueueFacts } from "./demand.ts";
import type { RememberedDemand } from "./rememberedDemand.ts";
import type { Lookups } from "./sourceDemand.ts";

/** Looks up queues, streams and brokers among the resources of the template that names them. */
export function lookupsIn({ evaluator, resources }: TemplateInstance, remembered: RememberedDemand): Lookups {
  const find = (from: string | undefined, type: string): Resource | undefined => {
    const resource = resources.byId.get(resourceIn(from) ?? "");
    return resource?.type === type ? resource : undefined;
  };
  const read = <T>(resource: Resource, what: string, run: (properties: Properties) => T): T =>
    remembered.of(evaluator, resource, what, () => run(propertiesOf(evaluator, resource, undefined)));

  const shards = (from: string | undefined, depth = 0): number | Unknown => {
    const consumer = find(from, "AWS::Kinesis::StreamConsumer");
    if (consumer && depth === 0) {
      const stream = read(consumer, "stream", (own) => sketchOf(propertyValue(evaluator, own.get("StreamARN"))));
      return shards(stream, 1);
    }
    const stream = find(from, "AWS::Kinesis::Stream");
    if (!stream) return { unknown: "the stream is not in this template" };
    return read(stream, "shards", (properties) => shardsOf(evaluator, properties));
  };

  return {
    shards: (from) => shards(from),
    queue: (from) => {
      const queue = find(from, "AWS::SQS::Queue");
      if (!queue) return undefined;
      const facts = read(queue, "queue", (properties) => queueFacts(evaluator, properties));
      return { logicalId: queue.logicalId, place: evaluator.placeOf(queue.keyNode), ...facts };
    },
    engine: (from) => {
      const broker = find(from, "AWS::AmazonMQ::Broker");
      return broker && read(broker, "engine", (own) => sketchOf(propertyValue(evaluator, own.get("EngineType"))));
    },
  };
}

function shardsOf(evaluator: Evaluator, properties: Properties): number | Unknown {
  const details = propertyValue(evaluator, properties.get("StreamModeDetails"));
  const mode = textOf(evaluator, evaluator.member(details, "StreamMode"));
  if (mode === "ON_DEMAND") return { unknown: "an on-demand stream has as many shards as its load needs" };
  const count = judgeCount(propertyValue(evaluator, properties.get("ShardCount")), 1).value;
  return count ?? { unknown: "the stream has no ShardCount" };
}

function queueFacts(evaluator: Evaluator, properties: Properties): Omit<QueueFacts, "logicalId" | "place"> {
  const fifo = propertyValue(evaluator, properties.get("FifoQueue"));
  const visibility = properties.get("VisibilityTimeout");
  return {
    fifo: fifo.kind === "scalar" && fifo.text.toLowerCase() === "true",
    maxReceiveCount: receivesOf(evaluator, propertyValue(evaluator, properties.get("RedrivePolicy"))),
    visibility: visibility
      ? (judgeCount(propertyValue(evaluator, visibility), 0).value ?? awsNumbers.visibilityTimeout)
      : awsNumbers.visibilityTimeout,
  };
}

/** A redrive policy is a mapping or JSON in a text. */
function receivesOf(evaluator: Evaluator, policy: Evaluated): Value {
  if (policy.kind === "nothing") return null;
  if (policy.kind === "undecided") return { unknown: policy.reason };
  if (policy.kind === "scalar") {
    const root = rootOf(parse(policy.text, "template"));
    return root?.kind === "map"
      ? receivesOf(evaluator, { kind: "mapping", map: root, scope: undefined, sources: [] })
      : null;
  }
  const entry = evaluator.member(policy, "maxReceiveCount");
  return entry ? judgeCount(evaluator.evaluate(entry.value, entry.scope), 1).value : null;
}

function textOf(evaluator: Evaluator, entry: ReturnType<Evaluator["member"]>): string | undefined {
  const value = entry ? evaluator.evaluate(entry.value, entry.scope) : scalar("");
  return value.kind === "scalar" ? value.text : undefined;
}
