import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { STSClient } from "@aws-sdk/client-sts";
import { state as sdkState } from "@aws-sdk/core/client";
import { AwsQueryProtocol } from "@aws-sdk/core/protocols";
import type { AccountIdentity } from "#core";
import { checkAnswers } from "./checkAnswers.ts";
import { remedyFor } from "./credentialError.ts";
import { credentialSource } from "./credentialSource.ts";
import { signIn } from "./credentials.ts";
import { isOfAws, type Service, shownEndpoint } from "./endpoints.ts";
import { checkSameCaller, readAlias, readCaller } from "./identity.ts";
import { createMfaPrompt } from "./mfaPrompt.ts";
import { adviseOnExpiry } from "./middleware.ts";
import { createRateLimiter } from "./rateLimiter.ts";
import { rememberCredentials } from "./remember.ts";
import { markRepeatable } from "./repeatable.ts";
import type { AccountChoice, Session, SessionHost } from "./session.ts";
import { readSettings } from "./settings.ts";
import { readSharedConfig } from "./sharedConfig.ts";
import { toAccountError } from "./toAccountError.ts";
import { createTransport } from "./transport.ts";

/** Finds out who we are there and opens the account. Throws an `AccountError`: no credentials, no Region, expired, offline, cancelled, … */
export async function openSession(chosen: AccountChoice, host: SessionHost): Promise<Session> {
  const { env, signal } = host;
  const choice = withoutEmpty(chosen);
  // The SDK tells its own users which Node to take; those of this product do not choose it.
  sdkState.warningEmitted = true;
  const shared = await readSharedConfig(env);
  const source = credentialSource(choice, env, shared);
  const { profile, profileName, region, endpointOf } = readSettings(choice, env, shared);
  const transport = createTransport(env, profile, host.limits);
  const mfa = createMfaPrompt(host, source);
  const base = (service: Service) => {
    const endpoint = endpointOf(service);
    return {
      region,
      requestHandler: transport,
      // Endpoints are settled above.
      ignoreConfiguredEndpointUrls: true,
      ...(profileName === undefined ? {} : { profile: profileName }),
      // The SDK refuses an endpoint beside the wish for a FIPS or dual-stack one, which the environment may have for AWS itself.
      ...(endpoint === undefined ? {} : { endpoint, useFipsEndpoint: false, useDualstackEndpoint: false }),
    };
  };
  const end = new AbortController();
  const signInHost = { ...host, signal: signal === undefined ? end.signal : AbortSignal.any([signal, end.signal]) };
  let identity: AccountIdentity | undefined;
  const credentials = rememberCredentials(async () => {
    const fresh = await signIn({ source, host: signInHost, shared, sts: base("STS") }, mfa.ask);
    // Whoever signs in again may have become somebody else: such credentials never reach a client.
    if (identity !== undefined)
      checkSameCaller(identity, await readCaller(new STSClient({ ...base("STS"), credentials: fresh })));
    return fresh;
  });
  const config = (service: Service, maxAttempts = 3) => ({ ...base(service), credentials, maxAttempts });
  // Emulators learnt the protocol that the SDK speaks by default late, and some never did.
  const emulated = !choice.demo && foreign(endpointOf("CloudWatch"), region) !== undefined;
  const own = { sts: new STSClient(config("STS")), iam: new IAMClient(config("IAM", 1)) };
  const clients = {
    // the rate limiter repeats, so that repeats count against the rate budget.
    lambda: new LambdaClient(config("Lambda", 1)),
    cloudWatch: new CloudWatchClient({ ...config("CloudWatch"), ...(emulated ? { protocol: AwsQueryProtocol } : {}) }),
    tagging: new ResourceGroupsTaggingAPIClient(config("Resource Groups Tagging API")),
    autoScaling: new ApplicationAutoScalingClient(config("Application Auto Scaling")),
  };
  for (const client of Object.values({ ...own, ...clients })) adviseOnExpiry(client, remedyFor(source));
  markRepeatable(clients.lambda);
  const answering = [
    ["sts", own.sts],
    ["iam", own.iam],
    ["lambda", clients.lambda],
    ["cloudwatch", clients.cloudWatch],
    ["tag", clients.tagging],
    ["application-autoscaling", clients.autoScaling],
  ] as const;
  for (const [service, client] of answering)
    checkAnswers(client, { service, region, account: () => identity?.account });
  const close = () => {
    end.abort();
    transport.destroy?.();
  };
  try {
    const caller = await readCaller(own.sts, signal);
    const alias = await readAlias(own.iam, signal);
    mfa.close();
    const endpoint = foreign(endpointOf("Lambda"), region);
    const opened: AccountIdentity = {
      ...caller,
      ...(alias === undefined ? {} : { alias }),
      region,
      ...(source.kind === "profile" ? { profile: source.name } : {}),
      ...(endpoint === undefined ? {} : { endpoint: shownEndpoint(endpoint) }),
    };
    identity = opened;
    return {
      identity: opened,
      ...clients,
      rateLimiter: createRateLimiter(host.readRate === undefined ? {} : { readRate: host.readRate }),
      routeTo: transport.routeTo,
      verify: async (verifySignal) => checkSameCaller(opened, await readCaller(own.sts, verifySignal)),
      close,
    };
  } catch (error) {
    close();
    throw toAccountError(error);
  }
}

/** A setting that is empty chooses nothing. */
function withoutEmpty({ profile, region, endpoint, demo }: AccountChoice): AccountChoice {
  return {
    ...(profile ? { profile } : {}),
    ...(region ? { region } : {}),
    ...(endpoint ? { endpoint } : {}),
    ...(demo ? { demo } : {}),
  };
}

/** The endpoint, unless AWS itself answers there. */
function foreign(endpoint: string | undefined, region: string): string | undefined {
  return endpoint !== undefined && isOfAws(endpoint, region) ? undefined : endpoint;
}
