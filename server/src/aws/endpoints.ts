import { partition } from "@aws-sdk/core/client";
import { CONFIG_PREFIX_SEPARATOR } from "@smithy/core/config";
import { isLoopbackHost } from "#core";
import type { Environment, Section, SharedConfig } from "./sharedConfig.ts";

/** The services that are called, by AWS's service id. */
export type Service =
  | "Application Auto Scaling"
  | "CloudWatch"
  | "IAM"
  | "Lambda"
  | "Resource Groups Tagging API"
  | "STS";

/**
 * The endpoint that somebody configured for a service, in AWS's order: the choice, `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, the profile's
 * `services` section, its `endpoint_url`. Undefined: AWS's own.
 * The SDK would do the same, but for the profile in `AWS_PROFILE` even when another one is chosen; credentials of one account must not go to the endpoint of another.
 */
export function configuredEndpoint(
  service: Service,
  chosen: string | undefined,
  env: Environment,
  profile: Section,
  shared: SharedConfig,
): string | undefined {
  if (chosen !== undefined) return chosen;
  if (isTrue(env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ?? profile.ignore_configured_endpoint_urls)) return undefined;
  const suffix = service.replaceAll(" ", "_");
  const section = profile.services === undefined ? undefined : shared.services(profile.services);
  return [
    env[`AWS_ENDPOINT_URL_${suffix.toUpperCase()}`],
    env.AWS_ENDPOINT_URL,
    section?.[`${suffix.toLowerCase()}${CONFIG_PREFIX_SEPARATOR}endpoint_url`],
    profile.endpoint_url,
  ].find((url) => url !== undefined && url !== "");
}

/** An endpoint as it may be shown: without user name, password, query and trailing slash. */
export function shownEndpoint(url: string): string {
  if (!URL.canParse(url)) return url.replace(/\/\/[^/@]*@/, "//");
  const { protocol, host, pathname } = new URL(url);
  // Of `localhost:4566` the first half counts as a protocol.
  if (host === "") return url;
  let end = pathname.length;
  while (pathname[end - 1] === "/") end--;
  return `${protocol}//${host}${pathname.slice(0, end)}`;
}

/** Does AWS itself answer there: an endpoint of the Region's partition, also a private one? */
export function isOfAws(url: string, region: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  const { dnsSuffix, dualStackDnsSuffix } = partition(region);
  return protocol === "https:" && [dnsSuffix, dualStackDnsSuffix].some((suffix) => hostname.endsWith(`.${suffix}`));
}

/** Does this address stay on this machine? */
export function isLoopback(url: string): boolean {
  return URL.canParse(url) && isLoopbackHost(new URL(url).hostname);
}

function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === "true";
}
