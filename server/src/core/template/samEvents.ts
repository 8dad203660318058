import type { Evaluator } from "../intrinsics/evaluator.ts";
import type { SourceKind } from "../model.ts";
import { isSet, type Properties } from "./property.ts";

interface SamEvent {
  readonly kind: SourceKind;
  /** The property with the ARN that the mapping reads from; absent: SAM makes no mapping of it. */
  readonly from?: string;
}

/**
 * The types of `Events` of a SAM function.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html
 */
export const samEvents: Readonly<Record<string, SamEvent>> = {
  SQS: { kind: "sqs", from: "Queue" },
  Kinesis: { kind: "kinesis", from: "Stream" },
  DynamoDB: { kind: "dynamodb", from: "Stream" },
  MSK: { kind: "kafka", from: "Stream" },
  SelfManagedKafka: { kind: "kafka", from: "KafkaBootstrapServers" },
  MQ: { kind: "mq", from: "Broker" },
  DocumentDB: { kind: "other", from: "Cluster" },
  S3: { kind: "async" },
  SNS: { kind: "async" },
  Schedule: { kind: "async" },
  ScheduleV2: { kind: "async" },
  EventBridgeRule: { kind: "async" },
  CloudWatchEvent: { kind: "async" },
  CloudWatchLogs: { kind: "async" },
  IoTRule: { kind: "async" },
  Api: { kind: "other" },
  HttpApi: { kind: "other" },
  AlexaSkill: { kind: "other" },
  Cognito: { kind: "other" },
};

/** One of them; of `SqsSubscription` SAM makes a queue with a mapping. */
export function samEvent(evaluator: Evaluator, properties: Properties, type: string): SamEvent {
  const subscription = type === "SNS" ? properties.get("SqsSubscription") : undefined;
  if (subscription && isSubscribed(evaluator, subscription)) return { kind: "sqs", from: "QueueArn" };
  return samEvents[type] ?? { kind: "other" };
}

function isSubscribed(evaluator: Evaluator, subscription: NonNullable<ReturnType<Properties["get"]>>): boolean {
  const value = evaluator.evaluate(subscription.entry.value, subscription.entry.scope);
  return value.kind === "scalar" ? value.text.toLowerCase() === "true" : isSet(evaluator, subscription) === true;
}
