import { createServer, request, type ServerResponse } from "node:http";
import type { TestContext } from "node:test";

/** A request on its way to the demo account. */
export interface Passing {
  /** How many came before it since the proxy was started or `reset`. */
  readonly index: number;
  /** `PUT /2017-10-31/functions/a/concurrency`; of STS `POST /`. */
  readonly call: string;
}

/** What becomes of a request: it passes, the connection is cut before or after the account heard it, or it is answered with an error, or as a function does that is given the account's answer. */
export type Fate =
  | "pass"
  | "cutBefore"
  | "cutAfter"
  | { readonly status: number; readonly type: string; readonly message: string }
  | ((answer: ServerResponse, body: Buffer) => void);

export interface FaultProxy {
  readonly url: string;
  /** Calls since the start or `reset`. */
  readonly calls: readonly string[];
  /** From now on each request meets what this says; a promise holds it up. */
  decide: (passing: Passing) => Fate | Promise<Fate>;
  reset(): void;
}

/** Stands between a client and a demo account on this machine. */
export async function faultProxy(test: TestContext, target: string): Promise<FaultProxy> {
  let calls: string[] = [];
  const proxy = {
    url: "",
    get calls() {
      return calls;
    },
    decide: (): Fate | Promise<Fate> => "pass",
    reset() {
      calls = [];
    },
  } as FaultProxy & { url: string };
  const server = createServer(async (incoming, answer) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(Buffer.from(part));
    const call = `${incoming.method} ${incoming.url}`;
    const fate = await proxy.decide({ index: calls.push(call) - 1, call });
    if (fate === "cutBefore") return void answer.destroy();
    if (typeof fate === "object") {
      answer.writeHead(fate.status, { "content-type": "application/json", "x-amzn-errortype": fate.type });
      return void answer.end(JSON.stringify({ message: fate.message }));
    }
    const { method, headers } = incoming;
    const onward = request(new URL(incoming.url ?? "/", target), { method, headers } as object, (reply) => {
      const received: Buffer[] = [];
      reply.on("data", (part: Buffer) => received.push(part));
      reply.on("end", () => {
        if (fate === "cutAfter") return void answer.destroy();
        if (typeof fate === "function") return fate(answer, Buffer.concat(received));
        answer.writeHead(reply.statusCode ?? 500, reply.headers);
        answer.end(Buffer.concat(received));
      });
    });
    onward.on("error", () => answer.destroy());
    onward.end(Buffer.concat(parts));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  test.after(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
  return Object.assign(proxy, { url: `http://127.0.0.1:${address.port}` });
}
