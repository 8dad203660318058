import { createServer, request } from "node:http";

/** An address in front of another one, which notes what may change something behind it. */
export interface CountingProxy {
  readonly url: string;
  /** Calls to Lambda and Application Auto Scaling that are not reads, in order: `PUT /2017-10-31/functions/orders/concurrency`. */
  readonly writes: readonly string[];
  close(): Promise<void>;
}

/** Starts one on 127.0.0.1, in front of `target` (an address without a path). */
export async function startCountingProxy(target: string): Promise<CountingProxy> {
  const writes: string[] = [];
  const { hostname, port } = new URL(target);
  const server = createServer((incoming, outgoing) => {
    const { method = "GET", url = "/", headers } = incoming;
    if (isWrite(method, url, String(headers["x-amz-target"] ?? ""))) writes.push(`${method} ${url}`);
    const forwarded = request({ hostname, port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on("error", () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const taken = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${taken}`,
    writes,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Lambda's management API says it by the method; the other services call everything POST and name it. */
function isWrite(method: string, url: string, target: string): boolean {
  if (/\.(Register|Deregister|Put|Tag|Untag)\w*$/.test(target)) return true;
  // An invocation changes nothing of the account.
  if (url.endsWith("/invocations")) return false;
  return method !== "GET" && /^\/20\d\d-\d\d-\d\d\//.test(url);
}
