import type { EventSourceMappingConfiguration } from "@aws-sdk/client-lambda";
import type { LiveMapping } from "#core";

/** The mapping of an entry in a list, if it belongs to this function, to any of its versions or to any of its aliases. */
export function mappingOf(name: string, entry: EventSourceMappingConfiguration): LiveMapping | undefined {
  const [, , , , , , owner, qualifier] = entry.FunctionArn?.split(":") ?? [];
  const { UUID: uuid, State: state = "" } = entry;
  if (owner !== name || uuid === undefined) return undefined;
  return {
    uuid,
    source: entry.EventSourceArn ?? selfManaged(entry) ?? "",
    kind: kindOf(entry),
    state,
    // The list does not say what "Creating" and "Updating" lead to. Counting such a mapping as running hides no load.
    enabled: !/^(?:Disabled|Disabling|Deleting)$/.test(state),
    ...(qualifier === undefined ? {} : { qualifier }),
    ...(entry.BatchSize === undefined ? {} : { batchSize: entry.BatchSize }),
    ...(entry.ScalingConfig?.MaximumConcurrency === undefined
      ? {}
      : { maximumConcurrency: entry.ScalingConfig.MaximumConcurrency }),
    ...(entry.ParallelizationFactor === undefined ? {} : { parallelizationFactor: entry.ParallelizationFactor }),
  };
}

/** Brokers of a Kafka cluster that AWS does not run; there is no ARN then. */
function selfManaged({ SelfManagedEventSource }: EventSourceMappingConfiguration): string | undefined {
  return SelfManagedEventSource?.Endpoints?.KAFKA_BOOTSTRAP_SERVERS?.join(",");
}

const kinds: Readonly<Record<string, LiveMapping["kind"]>> = {
  dynamodb: "dynamodb",
  kafka: "kafka",
  kinesis: "kinesis",
  mq: "mq",
  // DocumentDB clusters have ARNs of RDS.
  rds: "documentdb",
  sqs: "sqs",
};

function kindOf(entry: EventSourceMappingConfiguration): LiveMapping["kind"] {
  if (entry.EventSourceArn === undefined) return entry.SelfManagedEventSource === undefined ? "other" : "kafka";
  return kinds[entry.EventSourceArn.split(":")[2] ?? ""] ?? "other";
}
