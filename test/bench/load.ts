import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import { openSession, signedInvoke } from "#aws";
import { expectedShareOf } from "#core";
import { httpTarget, runLoad } from "#load";
import { startDemo } from "./demo.ts";
import { median } from "./process.ts";

const WORKERS = 50;
const SECONDS = 2;
const ROUNDS = 5;

/** What a generator made of a server. */
export interface Throughput {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p99: number;
}

/** Closed loops of 50 against a server that answers after so many milliseconds: ours and autocannon's in turns, the median of five rounds. */
export async function compareClosedLoops(milliseconds: number): Promise<{ ours: Throughput; theirs: Throughput }> {
  const server = fork(fileURLToPath(new URL("loadServer.mjs", import.meta.url)), [String(milliseconds)]);
  const [url] = (await once(server, "message")) as [string];
  const rounds: { ours: Throughput; theirs: Throughput }[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const both = { ours: await oursOn(url), theirs: await theirsOn(url) };
    // The first round compiles.
    if (round > 0) rounds.push(both);
  }
  server.kill();
  await once(server, "exit");
  const middle = (whose: "ours" | "theirs") => ({
    perSecond: median(rounds.map((both) => both[whose].perSecond)),
    p99: median(rounds.map((both) => both[whose].p99)),
  });
  return { ours: middle("ours"), theirs: middle("theirs") };
}

async function oursOn(url: string): Promise<Throughput> {
  const request = { url: new URL(url) };
  const target = httpTarget(() => request);
  const shape = { kind: "closed", requests: Number.MAX_SAFE_INTEGER, workers: WORKERS } as const;
  const { servedPerSecond, outcomes } = await runLoad(target, shape, { signal: AbortSignal.timeout(SECONDS * 1000) });
  await target.close();
  return { perSecond: servedPerSecond, p99: outcomes.served.latency?.p99 ?? Number.NaN };
}

async function theirsOn(url: string): Promise<Throughput> {
  const result = await autocannon({ url, connections: WORKERS, duration: SECONDS });
  return { perSecond: result["2xx"] / result.duration, p99: result.latency.p99 };
}

/** The experiment of the post on a demo account: 5,000 requests by 50 workers on a reservation of 25, invocations of 350 ms (seconds there). */
export async function throwAtReservation(): Promise<{ share: number; expected: number; inFlight: number }> {
  const demo = await startDemo({
    functions: [{ name: "concurrencyBlog01", reserved: 25, duration: { median: 350, p95: 350 } }],
  });
  const session = await openSession({ endpoint: demo.url, region: "us-east-1", demo: true }, { env: {} });
  const { request } = await signedInvoke(session, { name: "concurrencyBlog01" });
  const target = httpTarget(request);
  const run = await runLoad(target, { kind: "closed", requests: 5000, workers: WORKERS });
  await target.close();
  session.close();
  await demo.stop();
  return {
    share: run.throttledShare,
    expected: expectedShareOf(25, run) ?? Number.NaN,
    inFlight: run.inFlight.median,
  };
}
