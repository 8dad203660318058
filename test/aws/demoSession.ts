import type { TestContext } from "node:test";
import { type AccountChoice, openSession, type Session, type SessionHost } from "#aws";
import { type DemoOptions, type DemoServer, startDemo } from "#demo";

/** A demo account of a test and a session with it. */
export interface DemoSession {
  readonly demo: DemoServer;
  readonly session: Session;
  /** Ends both. Where the test context was given this happens by itself. */
  close(): Promise<void>;
}

/** What a test may want otherwise; `demo`: options of the demo account, which has no traffic unless asked for. */
export interface DemoSessionOptions {
  readonly demo?: DemoOptions;
  readonly choice?: AccountChoice;
  readonly host?: Partial<SessionHost>;
}

/** Starts a demo account and opens a real session with it: the SDK over HTTP, in us-east-1. */
export async function openDemoSession(options: DemoSessionOptions = {}, test?: TestContext): Promise<DemoSession> {
  const demo = await startDemo({ traffic: false, ...options.demo });
  let session: Session;
  try {
    session = await openSession(
      { demo: true, endpoint: demo.url, region: "us-east-1", ...options.choice },
      { env: {}, readRate: 50, ...options.host },
    );
  } catch (error) {
    await demo.close();
    throw error;
  }
  const close = async () => {
    session.close();
    await demo.close();
  };
  test?.after(close);
  return { demo, session, close };
}
