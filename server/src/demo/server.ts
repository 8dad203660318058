import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createDemoAccount, type DemoAccount, type DemoOptions } from "./demoAccount.ts";
import { answer } from "./requests/answer.ts";
import { restJson, type Wire } from "./wire/protocols.ts";
import { refusal } from "./wire/visitor.ts";

const HIGHEST_BODY = 6 * 1024 * 1024;

/** A demo account that answers on a port of this machine. */
export interface DemoServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly account: DemoAccount;
  /** Ends the server, its connections and its traffic. */
  close(): Promise<void>;
}

/** Starts a demo account on 127.0.0.1; port 0 picks a free one. Rejects when the port is taken or a file cannot be read. */
export async function startDemo(options: DemoOptions = {}, port = 0): Promise<DemoServer> {
  const account = createDemoAccount(options);
  const server = createServer((request, response) => {
    serve(account, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  }).catch((error: unknown) => {
    account.close();
    throw error;
  });
  const address = server.address();
  const taken = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${taken}`,
    account,
    async close() {
      account.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function serve(account: DemoAccount, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = randomUUID();
  const refused = refusal(request.headers);
  if (refused !== undefined) return send(response, restJson.error(refused, requestId));
  const body = await read(request);
  if (body === undefined) return send(response, tooLarge);
  const wire = await answer(account, {
    method: request.method ?? "GET",
    url: new URL(request.url ?? "/", `http://${request.headers.host ?? "127.0.0.1"}`),
    headers: request.headers,
    body,
    requestId,
  });
  if (wire === undefined) response.destroy();
  else send(response, wire);
}

async function read(request: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    length += bytes.length;
    if (length <= HIGHEST_BODY) parts.push(bytes);
  }
  return length > HIGHEST_BODY ? undefined : Buffer.concat(parts);
}

const tooLarge: Wire = {
  status: 413,
  headers: { "content-type": "application/json", "x-amzn-errortype": "RequestTooLargeException" },
  body: Buffer.from(JSON.stringify({ Type: "User", message: `Request must be smaller than ${HIGHEST_BODY} bytes` })),
};

function send(response: ServerResponse, { status, headers, body }: Wire): void {
  response.writeHead(status, { ...headers, ...(status === 204 ? {} : { "content-length": body.length }) });
  response.end(status === 204 ? undefined : body);
}
