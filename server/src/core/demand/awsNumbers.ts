/**
 * Numbers of event sources that AWS moves, as they were on 2026-12-01. All of them are soft: AWS raises them without notice or
 * on request, so nothing is called an error because of one.
 */
export const awsNumbers = {
  /**
   * A standard SQS queue without MaximumConcurrency and without provisioned pollers.
   * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html (older pages: 60 a minute, 1,000)
   */
  sqs: {
    /** Batches that are invoked at once in the beginning. */
    start: 5,
    /** Concurrent invocations more each minute. */
    growth: 300,
    /** Concurrent invocations of one mapping. */
    cap: 1250,
  },
  /** Provisioned pollers of an SQS mapping, same page: concurrent invocations of one poller, and pollers where none are written. */
  sqsPollers: { each: 10, default: 200 },
  /** What AWS advises as the least `maxReceiveCount`, and the visibility timeout in function timeouts. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
  sqsAdvice: { receives: 5, timeouts: 6 },
  /** `VisibilityTimeout` of a queue that states none, in seconds. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html */
  visibilityTimeout: 30,
  /** `Timeout` of a function that states none, in seconds. https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html */
  functionTimeout: 3,
  /** Provisioned pollers of a Kafka mapping where none are written. https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html */
  kafkaPollers: 200,
  /** Concurrent invocations of an Amazon MQ mapping by engine. https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html */
  mq: { activemq: 5, rabbitmq: 1 },
  /**
   * Iterations of a Map state that run at once where MaxConcurrency is 0 or absent.
   * https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html, .../state-map-distributed.html
   */
  map: { inline: 40, distributed: 10_000 },
} as const;
