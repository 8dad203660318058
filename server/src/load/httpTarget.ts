import { buildConnector, Client } from "undici";
import { httpAnswer } from "./httpAnswer.ts";
import type { Answer, LoadTarget } from "./model.ts";

/** What is sent to a URL, each time the same. */
export interface HttpRequest {
  readonly url: URL;
  /** Default: GET, with a body POST. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

const CONNECT_TIMEOUT = 10_000;
const THROTTLED = 429;
/** Characters of an answer's body that are looked at. */
const READ = 2000;

/**
 * A URL as target. Every request under way has a connection of its own, kept for the next one, as with `hey`; nothing is
 * repeated and no redirect is followed.
 */
export function httpTarget({ url, headers = {}, body, method = body ? "POST" : "GET" }: HttpRequest): LoadTarget {
  const request = { path: `${url.pathname}${url.search}`, method, headers, body: body ?? null };
  const clients = new Set<Client>();
  const idle: Client[] = [];
  let opened = 0;
  let milliseconds = 0;
  const connector = buildConnector({ timeout: CONNECT_TIMEOUT });
  const connect: typeof connector = (options, callback) => {
    const begin = performance.now();
    connector(options, (...result) => {
      if (result[0] === null) {
        opened++;
        milliseconds += performance.now() - begin;
      }
      callback(...result);
    });
  };

  function openClient(): Client {
    // The run has its own limit for a whole answer.
    const client = new Client(url.origin, { pipelining: 1, headersTimeout: 0, bodyTimeout: 0, connect });
    clients.add(client);
    return client;
  }

  function send(done: (answer: Answer) => void): () => void {
    const client = idle.pop() ?? openClient();
    let status = 0;
    let answered: Readonly<Record<string, unknown>> = {};
    let text = "";
    let over = false;
    const finish = (answer: Answer) => {
      if (over) return;
      over = true;
      idle.push(client);
      done(answer);
    };
    client.dispatch(request, {
      onRequestStart() {},
      onResponseStart(_, code, received) {
        status = code;
        answered = received;
      },
      onResponseData(_, chunk) {
        if (status === THROTTLED && text.length < READ) text += chunk.toString("latin1");
      },
      onResponseEnd() {
        finish(httpAnswer(status, answered, text));
      },
      onResponseError(_, error) {
        const answer: Answer = { outcome: "failed", status: 0, reason: errorName(error), ran: false };
        // The client takes no other request before it has dealt with the error.
        setImmediate(() => finish(answer));
      },
    });
    return () => {
      if (over) return;
      over = true;
      clients.delete(client);
      client.destroy().catch(() => {});
    };
  }

  return {
    name: url.href,
    send,
    connections: () => ({ opened, milliseconds }),
    async close() {
      await Promise.all([...clients].map((client) => client.destroy()));
    },
  };
}

/** `ECONNREFUSED`, `UND_ERR_SOCKET`: without ports and addresses, which differ from request to request. */
function errorName(error: Error): string {
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  return code === "UND_ERR_SOCKET" ? "connection closed" : code;
}
