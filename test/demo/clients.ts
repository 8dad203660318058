import type { TestContext } from "node:test";
import { type DemoOptions, type DemoServer, type ManualClock, manualClock, startDemo } from "#demo";

/** What all clients of the AWS SDK need to talk to the demo account; each call is sent once. */
export function clientConfig(url: string, region = "us-east-1") {
  return {
    endpoint: url,
    region,
    credentials: { accessKeyId: "AKIDEMO", secretAccessKey: "demo" },
    maxAttempts: 1,
  } as const;
}

/** A demo account for one test: without traffic unless asked for, with a clock that the test moves. */
export async function demoFor(
  test: TestContext,
  options: DemoOptions = {},
): Promise<DemoServer & { readonly clock: ManualClock }> {
  const clock = manualClock();
  const demo = await startDemo({ traffic: false, clock, ...options });
  test.after(() => demo.close());
  return { ...demo, clock };
}

/** An account with these reservations (`null`: none). */
export function accountWith(reservations: Readonly<Record<string, number | null>>, limit = 1000, floor = 100) {
  const functions = Object.entries(reservations).map(([name, reserved]) => ({
    name,
    versions: 2,
    aliases: { live: "1", next: "2" },
    ...(reserved === null ? {} : { reserved }),
  }));
  return { account: { limit, floor, functions } };
}

/** What a call that fails answers: name, status and text of the error. */
export async function refusal(promise: Promise<unknown>): Promise<readonly [string, number | undefined, string]> {
  try {
    await promise;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { $metadata }: { $metadata?: { httpStatusCode?: number } } = error as object;
    return [error.name, $metadata?.httpStatusCode, error.message];
  }
  throw new Error("The call was expected to fail.");
}
