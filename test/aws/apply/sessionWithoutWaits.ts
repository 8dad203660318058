import { createRateLimiter, openSession, type Session } from "#aws";

/** A real session with a demo account whose clock runs fast: what the rate budget waits for passes at once. */
export async function openWithoutWaits(url: string): Promise<Session> {
  const session = await openSession({ demo: true, endpoint: url, region: "us-east-1" }, { env: {} });
  let skipped = 0;
  const now = () => performance.now() + skipped;
  const wait = async (milliseconds: number) => {
    skipped += milliseconds;
  };
  return { ...session, rateLimiter: createRateLimiter({ clock: { now, wait } }) };
}
