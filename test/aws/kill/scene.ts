import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";
import { ApplicationAutoScalingClient, DescribeScalableTargetsCommand } from "@aws-sdk/client-application-auto-scaling";
import {
  GetFunctionConcurrencyCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  ListProvisionedConcurrencyConfigsCommand,
  ListTagsCommand,
} from "@aws-sdk/client-lambda";
import {
  createJournal,
  type Journal,
  type KillChoice,
  kill,
  previewKill,
  previewRestore,
  type RestoreOptions,
  restore,
} from "#aws";
import type { AccountFile, DemoOptions } from "#demo";
import { clientConfig } from "../../demo/clients.ts";
import { type VirtualAccount, virtualAccount } from "../apply/virtualSession.ts";

const arn = "arn:aws:sqs:us-east-1:123456789012:";
const stream = "arn:aws:kinesis:us-east-1:123456789012:stream/clicks";

/** Functions of all sorts: each has something that a kill touches or must leave alone. */
export const sorts: AccountFile = {
  limit: 1000,
  floor: 100,
  functions: [
    {
      name: "orders",
      reserved: 60,
      versions: 2,
      aliases: { live: "1", next: "2" },
      provisioned: { live: 20, next: 5 },
      targets: { live: { minimum: 10, maximum: 30 } },
      mappings: [
        { source: stream, parallelizationFactor: 2 },
        { source: `${arn}orders`, maximumConcurrency: 7, qualifier: "live" },
        { source: `${arn}old-orders`, enabled: false },
      ],
      tags: { team: "shop", "aws:cloudformation:stack-name": "shop", "aws:cloudformation:logical-id": "Orders" },
      deadLetter: `${arn}orders-dead`,
    },
    { name: "plain" },
    { name: "off", reserved: 0 },
    {
      name: "warm",
      versions: 1,
      aliases: { live: "1" },
      provisioned: { live: 10 },
      targets: { live: { minimum: 1, maximum: 10 } },
    },
  ],
};

/** A demo account, a journal in a folder of its own, and the two things one does with them. */
export interface Scene extends VirtualAccount {
  readonly folder: string;
  readonly journal: Journal;
  readonly now: () => Date;
  kill(names: readonly string[], choice?: KillChoice & { readonly journal?: Journal }): ReturnType<typeof kill>;
  restore(names: readonly string[], options?: Partial<RestoreOptions>): ReturnType<typeof restore>;
  /** What another client sees of a function, once everything has settled. */
  seen(name: string): Promise<Readonly<Record<string, unknown>>>;
}

/** Sets a scene for one test. */
export async function sceneFor(test: TestContext, options: DemoOptions = {}): Promise<Scene> {
  const virtual = await virtualAccount(test, { account: sorts, ...options });
  const { session, retryPolicy, clock, demo } = virtual;
  const folder = temporaryFolder(test);
  const journal = createJournal(folder);
  const now = () => new Date(clock.now());
  return {
    ...virtual,
    folder,
    journal,
    now,
    async kill(names, choice) {
      const own = choice?.journal ?? journal;
      const preview = await previewKill(session, names, { ...choice, journal: own, now, retryPolicy });
      return await kill(session, preview, { reason: "on fire", journal: own, now, retryPolicy });
    },
    async restore(names, more) {
      const options = { journal, now, retryPolicy, ...more };
      return await restore(session, await previewRestore(session, names, options), options);
    },
    async seen(name) {
      clock.advance(60_000);
      return await seenBy(demo.url, name);
    },
  };
}

/** A folder that is gone after the test. */
export function temporaryFolder(test: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), "lambda-concurrency-"));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Everything about a function that a caller can set and a kill may touch, read by clients of its own. */
export async function seenBy(url: string, name: string): Promise<Readonly<Record<string, unknown>>> {
  const config = { ...clientConfig(url), maxAttempts: 4 };
  const lambda = new LambdaClient(config);
  const scaling = new ApplicationAutoScalingClient(config);
  try {
    const FunctionName = name;
    const { ReservedConcurrentExecutions } = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }));
    const configs = await lambda.send(new ListProvisionedConcurrencyConfigsCommand({ FunctionName }));
    const mappings = await lambda.send(new ListEventSourceMappingsCommand({}));
    const targets = await scaling.send(new DescribeScalableTargetsCommand({ ServiceNamespace: "lambda" }));
    const Resource = `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
    const tags = await lambda.send(new ListTagsCommand({ Resource }));
    return {
      reserved: ReservedConcurrentExecutions ?? null,
      provisioned: (configs.ProvisionedConcurrencyConfigs ?? [])
        .map((found) => [found.FunctionArn?.split(":").at(-1), found.RequestedProvisionedConcurrentExecutions])
        .sort(),
      mappings: (mappings.EventSourceMappings ?? [])
        .filter(({ FunctionArn }) => FunctionArn?.split(":")[6] === name)
        .map(({ EventSourceArn, State, ScalingConfig, ParallelizationFactor, BatchSize }) => ({
          EventSourceArn,
          State,
          ScalingConfig,
          ParallelizationFactor,
          BatchSize,
        })),
      targets: (targets.ScalableTargets ?? [])
        .filter(({ ResourceId }) => ResourceId?.split(":")[1] === name)
        .map(({ ResourceId, MinCapacity, MaxCapacity, SuspendedState }) => ({
          ResourceId,
          MinCapacity,
          MaxCapacity,
          SuspendedState,
        })),
      tags: tags.Tags ?? {},
    };
  } finally {
    lambda.destroy();
    scaling.destroy();
  }
}
