import type { FunctionDetails, LiveMapping } from "../accountSnapshot.ts";
import { qualifierText, resourceName } from "./arns.ts";

type Kind = LiveMapping["kind"];

const things: Readonly<Record<Kind, string>> = {
  sqs: "Queue",
  kinesis: "Stream",
  dynamodb: "Table stream",
  kafka: "Kafka cluster",
  mq: "Broker",
  documentdb: "Change stream",
  other: "Event source",
};

/** What services of event sources are called in a list of them. */
export const sourceWords: Readonly<Record<Kind, string>> = {
  sqs: "SQS",
  kinesis: "Kinesis",
  dynamodb: "DynamoDB",
  kafka: "Kafka",
  mq: "Amazon MQ",
  documentdb: "DocumentDB",
  other: "Event source",
};

/** What an event source mapping reads from: `Queue blog-pictures`. */
export function mappingName({ kind, source }: Pick<LiveMapping, "kind" | "source">): string {
  return `${things[kind]} ${resourceName(source)}`.trim();
}

/**
 * The field of a step in words: `reservation`, `provisioned concurrency of alias live`, `Queue blog-pictures`.
 * @param mappings those of the function, as far as they were read: a field has only their UUID
 */
export function fieldText(field: string, mappings: readonly LiveMapping[] = []): string {
  const at = field.indexOf(":");
  const kind = at < 0 ? field : field.slice(0, at);
  const which = field.slice(at + 1);
  if (kind === "reserved") return "reservation";
  if (kind === "provisioned") return `provisioned concurrency of ${qualifierText(which)}`;
  if (kind === "target") return `auto scaling of ${qualifierText(which)}`;
  if (kind === "tags") return "record in its tags";
  const mapping = mappings.find(({ uuid }) => uuid === which);
  return mapping === undefined ? `event source mapping ${which}` : mappingName(mapping);
}

/** The event source mappings of functions by name: what `fieldText` calls them by. */
export type MappingsByName = ReadonlyMap<string, readonly LiveMapping[]>;

/** The mappings that the preview of a kill or a restore has read. */
export function mappingsByName(
  functions: readonly {
    readonly name: string;
    readonly mappings?: readonly LiveMapping[];
    readonly fresh?: { readonly details: Pick<FunctionDetails, "mappings"> };
  }[],
): MappingsByName {
  return new Map(functions.map(({ name, mappings, fresh }) => [name, mappings ?? fresh?.details.mappings ?? []]));
}
