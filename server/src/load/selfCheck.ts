import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Latency, LoadRun, LoadShape } from "#core";
import { httpTarget } from "./httpTarget.ts";
import { type LoadOptions, runLoad } from "./runLoad.ts";

/** A server on this machine that answers every request after exactly the same time, in a thread of its own. */
interface ConstantServer {
  readonly url: URL;
  close(): Promise<void>;
}

/** JavaScript, because a bundle has no file that a thread could run. Timers fire late: the last two milliseconds are waited for turn by turn. */
const program = `
const { createServer } = require("node:http");
const { parentPort, workerData } = require("node:worker_threads");
const server = createServer((request, response) => {
  const due = performance.now() + workerData;
  const look = () => {
    const left = due - performance.now();
    if (left <= 0) response.end("ok");
    else if (left > 2) setTimeout(look, left - 2);
    else setImmediate(look);
  };
  if (workerData === 0) response.end("ok");
  else look();
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
`;

/** Starts it on a free port. Rejects when there is none. */
async function startConstantServer(milliseconds: number): Promise<ConstantServer> {
  const worker = new Worker(program, { eval: true, workerData: milliseconds });
  const [port] = await once(worker, "message");
  return {
    url: new URL(`http://127.0.0.1:${port}/`),
    async close() {
      await worker.terminate();
    },
  };
}

/** How far off the generator is on this machine; times in milliseconds. */
export interface SelfCheck {
  /** After how long the built-in server answers. */
  readonly answerTime: number;
  /** Latencies of a closed loop beyond the answer time: what generator, loopback and server add. */
  readonly closed: Latency;
  /** The same of an open loop. */
  readonly open: Latency;
  /** By how much requests of the open loop started later than intended. */
  readonly late: LoadRun["late"];
  /** Requests per second of a closed loop against a server that answers at once: more cannot be generated here. */
  readonly ceiling: number;
}

const ANSWER_TIME = 50;
const closed: LoadShape = { kind: "closed", requests: 400, workers: 20 };
const open: LoadShape = { kind: "open", rate: 200, seconds: 2, arrivals: "poisson" };
const flatOut: LoadShape = { kind: "closed", requests: 20_000, workers: 20 };

/** Measures a built-in server that answers after exactly 50 ms, and one that answers at once. Takes about five seconds. Undefined when it is interrupted. */
export async function selfCheck(options: Pick<LoadOptions, "signal"> = {}): Promise<SelfCheck | undefined> {
  const constant = await startConstantServer(ANSWER_TIME);
  const instant = await startConstantServer(0);
  try {
    // What is compiled on the way does not count.
    await measure(constant.url, { kind: "closed", requests: 100, workers: 20 }, options);
    const inClosedLoop = await measure(constant.url, closed, options);
    const inOpenLoop = await measure(constant.url, open, options);
    const ceiling = await measure(instant.url, flatOut, options);
    const beyond = [inClosedLoop, inOpenLoop].map(({ outcomes }) => errorOf(outcomes.served.latency));
    if (options.signal?.aborted || beyond[0] === undefined || beyond[1] === undefined) return undefined;
    return {
      answerTime: ANSWER_TIME,
      closed: beyond[0],
      open: beyond[1],
      late: inOpenLoop.late,
      ceiling: ceiling.servedPerSecond,
    };
  } finally {
    await Promise.all([constant.close(), instant.close()]);
  }
}

async function measure(url: URL, shape: LoadShape, options: LoadOptions): Promise<LoadRun> {
  const target = httpTarget(() => ({ url }));
  try {
    return await runLoad(target, shape, options);
  } finally {
    await target.close();
  }
}

function errorOf(latency: Latency | null): Latency | undefined {
  if (latency === null) return undefined;
  const { p50, p90, p95, p99, max, mean } = latency;
  const beyond = (value: number) => value - ANSWER_TIME;
  return {
    p50: beyond(p50),
    p90: beyond(p90),
    p95: beyond(p95),
    p99: beyond(p99),
    max: beyond(max),
    mean: beyond(mean),
  };
}
