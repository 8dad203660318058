import { buildConnector, Client, type Dispatcher, ProxyAgent } from "undici";
import { httpAnswer } from "./httpAnswer.ts";
import type { Answer, LoadTarget } from "./target.ts";

/** A request. */
export interface HttpRequest {
  readonly url: URL;
  /** Default: GET, with a body POST. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** What may be said about a target. */
export interface HttpTargetOptions {
  /** What it is called. Default: its URL. */
  readonly name?: string;
  /** Address of a proxy; absent: none. */
  readonly proxy?: string;
  /** Certificates that are trusted, as PEM; absent: those that Node trusts. */
  readonly ca?: readonly string[];
}

const CONNECT_TIMEOUT = 10_000;
const THROTTLED = 429;
/** Characters of an answer's body that are looked at. */
const READ = 2000;

/**
 * A URL as target. Every request under way has a connection of its own, kept for the next one, as with `hey`; nothing is
 * repeated and no redirect is followed.
 * @param next gives the request to send; all of them go to one origin
 */
export function httpTarget(next: () => HttpRequest, { name, proxy, ca }: HttpTargetOptions = {}): LoadTarget {
  const { url } = next();
  const clients = new Set<Dispatcher>();
  const idle: Dispatcher[] = [];
  let opened = 0;
  let milliseconds = 0;
  const tls = ca === undefined ? {} : { ca: [...ca] };
  const connector = buildConnector({ timeout: CONNECT_TIMEOUT, ...tls });
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

  function openClient(): Dispatcher {
    // The run has its own limit for a whole answer.
    const options = { pipelining: 1, headersTimeout: 0, bodyTimeout: 0 };
    const client =
      proxy === undefined
        ? new Client(url.origin, { ...options, connect })
        : new ProxyAgent({ ...options, uri: proxy, requestTls: tls, connections: 1 });
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
    const { url: target, headers = {}, body, method = body ? "POST" : "GET" } = next();
    const path = `${target.pathname}${target.search}`;
    client.dispatch(
      { origin: target.origin, path, method, headers, body: body ?? null },
      {
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
      },
    );
    return () => {
      if (over) return;
      over = true;
      clients.delete(client);
      client.destroy().catch(() => {});
    };
  }

  return {
    name: name ?? url.href,
    send,
    // The way through a proxy is set up inside its client.
    ...(proxy === undefined && { connections: () => ({ opened, milliseconds }) }),
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
