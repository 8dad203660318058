import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** A server on this machine that answers every request after exactly the same time, in a thread of its own. */
export interface ConstantServer {
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
export async function startConstantServer(milliseconds: number): Promise<ConstantServer> {
  const worker = new Worker(program, { eval: true, workerData: milliseconds });
  const [port] = await once(worker, "message");
  return {
    url: new URL(`http://127.0.0.1:${port}/`),
    async close() {
      await worker.terminate();
    },
  };
}
