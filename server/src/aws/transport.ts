import { readFileSync } from "node:fs";
import { Agent as HttpsAgent } from "node:https";
import type { HttpHandler, HttpRequest } from "@smithy/core/protocols";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { HttpHandlerOptions } from "@smithy/types";
import { HttpsProxyAgent } from "https-proxy-agent";
import { getProxyForUrl } from "proxy-from-env";
import { AccountError } from "./accountError.ts";
import { isLoopback, shownEndpoint } from "./endpoints.ts";
import { readFailure } from "./failure.ts";
import { networkAdvice } from "./networkError.ts";
import type { Route, SessionHost } from "./session.ts";
import type { Environment, Section } from "./sharedConfig.ts";
import { wholeAnswer } from "./wholeAnswer.ts";

/** In bytes. The largest answers are pages of metrics: 100,800 values, some 7 MB as XML. */
const LARGEST_ANSWER = 16 * 1024 * 1024;

/** Sends requests; by the proxy of the environment where there is one, never by it to this machine. */
export interface Transport extends HttpHandler<object> {
  /** How a request to this URL leaves the machine. */
  routeTo(url: string): Route;
}

/** A transport for all clients of a session. Throws an `AccountError` when a certificate file cannot be read. */
export function createTransport(env: Environment, profile: Section, limits: SessionHost["limits"] = {}): Transport {
  const trusted = authorities(env, profile);
  const tls = { keepAlive: true, maxSockets: 50, ...trusted };
  const { connect: connectionTimeout = 5_000, answer = 20_000, wholeAnswer: time = 60_000 } = limits;
  const times = { connectionTimeout, requestTimeout: answer, socketTimeout: answer, throwOnRequestTimeout: true };
  const direct = new NodeHttpHandler({ ...times, httpsAgent: new HttpsAgent(tls) });
  const proxied = new Map<string, NodeHttpHandler>();
  const proxyFor = (url: string) => (isLoopback(url) ? "" : getProxyForUrl(url));
  const handlerFor = (url: string) => {
    const proxy = proxyFor(url);
    if (proxy === "") return direct;
    const known = proxied.get(proxy);
    if (known !== undefined) return known;
    const agent = new HttpsProxyAgent(proxyUrl(proxy), tls);
    // What it was given holds for the way to the proxy; this holds for the way beyond.
    Object.assign(agent.options, trusted);
    const handler = new NodeHttpHandler({ ...times, httpAgent: agent, httpsAgent: agent });
    proxied.set(proxy, handler);
    return handler;
  };
  return {
    metadata: direct.metadata,
    async handle(request: HttpRequest, options?: HttpHandlerOptions) {
      const url = `${request.protocol}//${request.hostname}${request.port === undefined ? "" : `:${request.port}`}/`;
      const { host } = new URL(url);
      try {
        const { response } = await handlerFor(url).handle(request, options);
        // The clients would read as much as is sent, for as long as something is sent.
        response.body = await wholeAnswer(response.body, { time, bytes: LARGEST_ANSWER }, host);
        return { response };
      } catch (error) {
        const failure = withHost(error, host);
        const advice = networkAdvice(readFailure(failure));
        // It has taken long enough already: an error of ours, unlike its cause, is not tried again by the clients.
        throw advice?.[0] === "timeout" ? new AccountError(...advice) : failure;
      }
    },
    routeTo(url) {
      const proxy = proxyFor(url);
      return { ...(proxy !== "" && { proxy: proxyUrl(proxy).href }), ...trusted };
    },
    // Each client of the SDK offers its own defaults; one transport serves them all and keeps to its own.
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {
      for (const handler of [direct, ...proxied.values()]) handler.destroy();
    },
  };
}

/** Most errors of Node do not say whom they concern. */
function withHost(error: unknown, host: string): unknown {
  if (error instanceof Error && !("hostname" in error || "host" in error || "address" in error))
    Object.assign(error, { host });
  return error;
}

/**
 * As in AWS's own tools a bundle named for AWS takes the place of the built-in authorities; those of NODE_EXTRA_CA_CERTS stay.
 * Without one Node decides, which knows NODE_EXTRA_CA_CERTS itself.
 */
function authorities(env: Environment, profile: Section): { readonly ca?: string[] } {
  const bundle = env.AWS_CA_BUNDLE || profile.ca_bundle;
  if (!bundle) return {};
  const extra = env.NODE_EXTRA_CA_CERTS;
  return { ca: [readBundle(bundle), ...(extra ? [readBundle(extra)] : [])] };
}

function readBundle(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new AccountError(
      "failed",
      `The certificates in ${file} cannot be read. Correct AWS_CA_BUNDLE, NODE_EXTRA_CA_CERTS or the profile's ca_bundle.`,
    );
  }
}

function proxyUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new AccountError(
    "offline",
    `The proxy ${shownEndpoint(text)} cannot be used. HTTPS_PROXY takes the form http://host:port or https://host:port.`,
  );
}
