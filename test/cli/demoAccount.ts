import type { TestContext } from "node:test";
import { type DemoOptions, type DemoServer, startDemo } from "#demo";
import { folderOf } from "./cli.ts";

/** A demo account without traffic, and the environment in which the command line finds it and nothing else. */
export interface Connected {
  readonly demo: DemoServer;
  readonly env: Readonly<Record<string, string>>;
  /** Where the command line keeps what outlives it. */
  readonly state: string;
}

/** Starts a demo account for one test. Its functions are those of the default account unless options say otherwise. */
export async function connected(test: TestContext, options: DemoOptions = {}): Promise<Connected> {
  const demo = await startDemo({ traffic: false, ...options });
  test.after(() => demo.close());
  const home = folderOf(test, {});
  const env = {
    HOME: home,
    XDG_STATE_HOME: home,
    AWS_ACCESS_KEY_ID: "AKIDEMO",
    AWS_SECRET_ACCESS_KEY: "demo",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_REGION: "us-east-1",
    AWS_ENDPOINT_URL: demo.url,
  };
  return { demo, env, state: `${home}/lambda-concurrency` };
}
