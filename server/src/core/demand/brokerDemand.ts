import { boundsOf } from "../ledger/bounds.ts";
import type { EventSource } from "../template/eventSource.ts";
import { boundsText } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import { awsNumbers } from "./awsNumbers.ts";
import type { SourceDemand } from "./demand.ts";

type Found = Pick<SourceDemand, "maximum" | "unbounded" | "arithmetic">;

/**
 * Kafka: one batch for each partition of the topic, whatever the pollers are; with share groups the partitions bound nothing.
 * https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html
 */
export function kafkaDemand({ queueMode, pollers }: EventSource): Found {
  if (queueMode) {
    const unknown = "ConsumptionMode is Queue: partitions do not bound it";
    return { maximum: { unknown }, unbounded: true, arithmetic: "share groups (ConsumptionMode: Queue)" };
  }
  const unknown = "as many as the topic has partitions, which no template says";
  const bounds = pollers === undefined ? undefined : boundsOf(pollers ?? awsNumbers.kafkaPollers);
  const by = bounds === undefined ? "" : `, read by up to ${boundsText(bounds)} provisioned pollers`;
  return { maximum: { unknown }, arithmetic: `one batch for each partition of the topic${by}` };
}

/** `engine`: of the broker when it is in the same template. https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html */
export function mqDemand(engine: string | undefined): Found {
  const { activemq, rabbitmq } = awsNumbers.mq;
  const known = engine?.toLowerCase();
  if (known === "activemq") return { maximum: activemq, arithmetic: `ActiveMQ: at most ${num(activemq)}` };
  if (known === "rabbitmq") return { maximum: rabbitmq, arithmetic: `RabbitMQ: at most ${num(rabbitmq)}` };
  const unknown = "the engine of the broker is not known here";
  const arithmetic = `at most ${num(activemq)} with ActiveMQ, ${num(rabbitmq)} with RabbitMQ`;
  return { maximum: { unknown, min: rabbitmq, max: activemq }, arithmetic };
}
