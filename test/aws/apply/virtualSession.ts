import type { TestContext } from "node:test";
import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { AccountError, type RetryPolicy, type Session } from "#aws";
import { createRateLimiter } from "#aws/rateLimiter.ts";
import {
  type DemoOptions,
  type DemoServer,
  type Fault,
  type ManualClock,
  manualClock,
  parseFault,
  startDemo,
} from "#demo";

/** A demo account whose time passes only while somebody waits, so that nothing takes long. */
export interface VirtualAccount {
  readonly demo: DemoServer;
  readonly clock: ManualClock;
  readonly session: Session;
  readonly retryPolicy: RetryPolicy;
  /** Names of the calls that reached the account, in order. */
  readonly calls: readonly string[];
  /** From now on these faults and no others. */
  faults(...texts: readonly string[]): void;
}

/** Starts a demo account for one test, and opens it. */
export async function virtualAccount(test: TestContext, options: DemoOptions = {}): Promise<VirtualAccount> {
  const clock = manualClock(Date.UTC(2026, 10, 23, 12));
  const demo = await startDemo({ traffic: false, clock, ...options });
  test.after(() => demo.close());
  const session = virtualSession(demo.url, clock);
  test.after(() => session.close());
  const calls: string[] = [];
  const { faults } = demo.account;
  const strike = faults.strike.bind(faults);
  faults.strike = (action) => {
    calls.push(action);
    return strike(action);
  };
  return {
    demo,
    clock,
    session,
    retryPolicy: { wait: async (ms) => clock.advance(Math.ceil(ms)) },
    calls,
    faults: (...texts) => faults.replace(texts.map(fault)),
  };
}

/** A session with a demo account: the real SDK, the real rate limiter, but waiting moves the account's clock. */
export function virtualSession(
  url: string,
  clock: Pick<ManualClock, "now" | "advance"> = manualClock(),
  arn = "arn:aws:iam::123456789012:user/demo",
): Session {
  const config = {
    endpoint: url,
    region: "us-east-1",
    credentials: { accessKeyId: "AKIDEMO", secretAccessKey: "demo" },
    maxAttempts: 1,
  } as const;
  const lambda = new LambdaClient(config);
  const cloudWatch = new CloudWatchClient(config);
  const tagging = new ResourceGroupsTaggingAPIClient(config);
  const autoScaling = new ApplicationAutoScalingClient(config);
  const sts = new STSClient(config);
  return {
    identity: { account: "123456789012", arn, partition: "aws", region: "us-east-1", endpoint: url },
    lambda,
    cloudWatch,
    tagging,
    autoScaling,
    rateLimiter: createRateLimiter({
      clock: { now: () => clock.now(), wait: async (ms) => clock.advance(Math.ceil(ms)) },
    }),
    routeTo: () => ({}),
    async verify() {
      const { Account } = await sts.send(new GetCallerIdentityCommand({}));
      if (Account !== "123456789012")
        throw new AccountError("changed", `The credentials are now of account ${Account}.`);
    },
    close() {
      for (const client of [lambda, cloudWatch, tagging, autoScaling, sts]) client.destroy();
    },
  };
}

function fault(text: string): Fault {
  const read = parseFault(text);
  if (typeof read === "string") throw new Error(read);
  return read;
}
