import type { AccountFile, FunctionEntry } from "./accountFile.ts";

const REGION = "us-east-1";
const ACCOUNT = "123456789012";
const STACK = "concurrency-blog";

/** The account that is there when none is named: a blog's four functions, one without a reservation, and one switched off. */
export const defaultAccount: AccountFile = {
  account: ACCOUNT,
  alias: "demo-account",
  region: REGION,
  limit: 1000,
  floor: 100,
  functions: [
    {
      ...inStack("blog-thumbnails", "Thumbnails"),
      reserved: 300,
      memory: 1024,
      duration: { median: 900, p95: 2200 },
      traffic: { requestsPerSecond: 110, source: "mapping", swing: 0.7, periodSeconds: 600 },
      mappings: [{ source: `arn:aws:sqs:${REGION}:${ACCOUNT}:blog-pictures`, batchSize: 10, maximumConcurrency: 250 }],
    },
    {
      ...inStack("blog-search", "Search"),
      reserved: 150,
      versions: 1,
      aliases: { live: "1" },
      provisioned: { live: 20 },
      targets: { live: { minimum: 20, maximum: 60 } },
      url: true,
      duration: { median: 180, p95: 420 },
      traffic: { requestsPerSecond: 250, source: "invoke", swing: 0.6, periodSeconds: 420, qualifier: "live" },
    },
    {
      ...inStack("blog-comments", "Comments"),
      reserved: 100,
      duration: { median: 240, p95: 700 },
      traffic: { requestsPerSecond: 140, source: "mapping", swing: 0.8, periodSeconds: 540 },
      mappings: [
        {
          source: `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/blog-comments/stream/2026-01-01T00:00:00.000`,
          batchSize: 100,
          parallelizationFactor: 2,
        },
      ],
    },
    {
      ...inStack("blog-newsletter", "Newsletter"),
      reserved: 50,
      deadLetter: `arn:aws:sqs:${REGION}:${ACCOUNT}:blog-newsletter-failed`,
      duration: { median: 700, p95: 1600 },
      errorRate: 0.005,
      // At the top of each swing more than 50 are wanted: this is the function that is throttled.
      traffic: { requestsPerSecond: 50, source: "invoke", swing: 0.9, periodSeconds: 300 },
    },
    {
      ...inStack("concurrencyBlog01", "ConcurrencyBlog01"),
      duration: { median: 120, p95: 300 },
      traffic: { requestsPerSecond: 60, source: "invoke", swing: 0.8, periodSeconds: 360 },
    },
    { name: "blog-archive", reserved: 0, duration: { median: 400, p95: 900 } },
  ],
};

function inStack(name: string, logicalId: string): FunctionEntry {
  return {
    name,
    tags: {
      "aws:cloudformation:stack-name": STACK,
      "aws:cloudformation:logical-id": logicalId,
      "aws:cloudformation:stack-id": `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${STACK}/6f1c2d30-0000-4000-8000-000000000001`,
    },
  };
}
