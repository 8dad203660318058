import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { STSClient } from "@aws-sdk/client-sts";
import type { AccountIdentity } from "#core";
import { AccountError } from "./accountError.ts";
import { credentialsFor } from "./credentials.ts";
import { configuredEndpoint, type Service, shownEndpoint } from "./endpoints.ts";
import { checkSameCaller, readAlias, readCaller } from "./identity.ts";
import { createPace } from "./pace.ts";
import type { AccountChoice, Session, SessionHost } from "./session.ts";
import { readSharedConfig } from "./sharedConfig.ts";
import { toAccountError } from "./toAccountError.ts";

/** Finds out who we are there and opens the account. Throws an `AccountError`: no credentials, no Region, expired, offline, cancelled, … */
export async function openSession(choice: AccountChoice, host: SessionHost): Promise<Session> {
  const { env, signal } = host;
  const shared = await readSharedConfig(env);
  const profileName = choice.demo ? undefined : (choice.profile ?? env.AWS_PROFILE);
  const profile = (choice.demo ? undefined : shared.profiles[profileName ?? "default"]) ?? {};
  const region = choice.region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? profile.region;
  if (region === undefined) throw new AccountError("noRegion", "No Region is set. Choose one.");
  const endpointOf = (service: Service) => configuredEndpoint(service, choice.endpoint, env, profile, shared);
  const credentials = credentialsFor(choice, host, shared, region);
  const config = (service: Service, maxAttempts: number) => {
    const endpoint = endpointOf(service);
    return {
      region,
      credentials,
      maxAttempts,
      ignoreConfiguredEndpointUrls: true,
      ...(endpoint === undefined ? {} : { endpoint }),
    };
  };
  const sts = new STSClient(config("STS", 3));
  const iam = new IAMClient(config("IAM", 2));
  const clients = {
    lambda: new LambdaClient(config("Lambda", 1)),
    cloudWatch: new CloudWatchClient(config("CloudWatch", 3)),
    tagging: new ResourceGroupsTaggingAPIClient(config("Resource Groups Tagging API", 3)),
    autoScaling: new ApplicationAutoScalingClient(config("Application Auto Scaling", 3)),
  };
  const close = () => {
    for (const client of [sts, iam, ...Object.values(clients)]) client.destroy();
  };
  try {
    const caller = await readCaller(sts, signal);
    const alias = await readAlias(iam, signal);
    const endpoint = endpointOf("Lambda");
    const identity: AccountIdentity = {
      ...caller,
      ...(alias === undefined ? {} : { alias }),
      region,
      ...(profileName === undefined ? {} : { profile: profileName }),
      ...(endpoint === undefined ? {} : { endpoint: shownEndpoint(endpoint) }),
    };
    return {
      identity,
      ...clients,
      pace: createPace(host.readRate === undefined ? {} : { readRate: host.readRate }),
      verify: async (verifySignal) => checkSameCaller(identity, await readCaller(sts, verifySignal)),
      close,
    };
  } catch (error) {
    close();
    throw toAccountError(error);
  }
}
