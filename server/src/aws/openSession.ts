import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { STSClient } from "@aws-sdk/client-sts";
import type { AccountIdentity } from "#core";
import { AccountError } from "./accountError.ts";
import { remedyFor } from "./credentialError.ts";
import { type CredentialSource, credentialSource } from "./credentialSource.ts";
import { type MfaCode, signIn } from "./credentials.ts";
import { configuredEndpoint, type Service, shownEndpoint } from "./endpoints.ts";
import { checkSameCaller, readAlias, readCaller } from "./identity.ts";
import { adviseOnExpiry, markRepeatable } from "./middleware.ts";
import { createPace } from "./pace.ts";
import { rememberCredentials } from "./remember.ts";
import type { AccountChoice, Session, SessionHost } from "./session.ts";
import { readSharedConfig, type Section, type SharedConfig } from "./sharedConfig.ts";
import { toAccountError } from "./toAccountError.ts";
import { createTransport } from "./transport.ts";

/** Finds out who we are there and opens the account. Throws an `AccountError`: no credentials, no Region, expired, offline, cancelled, … */
export async function openSession(choice: AccountChoice, host: SessionHost): Promise<Session> {
  const { env, signal } = host;
  const shared = await readSharedConfig(env);
  const source = credentialSource(choice, env, shared);
  const profile = settingsProfile(choice, env, shared);
  const region = regionFor(choice, env, profile);
  const endpointOf = (service: Service) => endpointFor(service, choice, env, profile, shared);
  const transport = createTransport(env, profile, host.limits);
  const mfa = createMfaPrompt(host, source);
  const stsEndpoint = endpointOf("STS");
  const sts = { region, requestHandler: transport, ...(stsEndpoint === undefined ? {} : { endpoint: stsEndpoint }) };
  const credentials = rememberCredentials(() => signIn({ source, host, shared, sts }, mfa.ask));
  const config = (service: Service, maxAttempts: number) => {
    const endpoint = endpointOf(service);
    return {
      region,
      credentials,
      maxAttempts,
      requestHandler: transport,
      ignoreConfiguredEndpointUrls: true,
      ...(endpoint === undefined ? {} : { endpoint }),
    };
  };
  const own = { sts: new STSClient(config("STS", 3)), iam: new IAMClient(config("IAM", 2)) };
  const clients = {
    // The pace repeats, so that repeats count against the rate budget.
    lambda: new LambdaClient(config("Lambda", 1)),
    cloudWatch: new CloudWatchClient(config("CloudWatch", 3)),
    tagging: new ResourceGroupsTaggingAPIClient(config("Resource Groups Tagging API", 3)),
    autoScaling: new ApplicationAutoScalingClient(config("Application Auto Scaling", 3)),
  };
  for (const client of Object.values({ ...own, ...clients })) adviseOnExpiry(client, remedyFor(source));
  const isRepeatable = markRepeatable(clients.lambda);
  try {
    const caller = await readCaller(own.sts, signal);
    const alias = await readAlias(own.iam, signal);
    const endpoint = endpointOf("Lambda");
    const identity: AccountIdentity = {
      ...caller,
      ...(alias === undefined ? {} : { alias }),
      region,
      ...(source.kind === "profile" ? { profile: source.name } : {}),
      ...(endpoint === undefined ? {} : { endpoint: shownEndpoint(endpoint) }),
    };
    mfa.close();
    return {
      identity,
      ...clients,
      pace: createPace({ isRepeatable, ...(host.readRate === undefined ? {} : { readRate: host.readRate }) }),
      verify: async (verifySignal) => checkSameCaller(identity, await readCaller(own.sts, verifySignal)),
      close: () => transport.destroy?.(),
    };
  } catch (error) {
    transport.destroy?.();
    throw toAccountError(error);
  }
}

/** The profile whose Region, endpoints and certificates count: also when the keys come from the environment. */
function settingsProfile(choice: AccountChoice, env: SessionHost["env"], shared: SharedConfig): Section {
  if (choice.demo) return {};
  return shared.profiles[choice.profile ?? (env.AWS_PROFILE || "default")] ?? {};
}

function regionFor(choice: AccountChoice, env: SessionHost["env"], profile: Section): string {
  const demo = choice.demo ? "us-east-1" : undefined;
  const region = choice.region || demo || env.AWS_REGION || env.AWS_DEFAULT_REGION || profile.region;
  if (!region)
    throw new AccountError(
      "noRegion",
      `No Region is set. Choose one, or set AWS_REGION${choice.profile === undefined ? "" : ` or region in profile ${choice.profile}`}.`,
    );
  // It becomes part of host names.
  if (!/^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/i.test(region))
    throw new AccountError("noRegion", `"${region.slice(0, 80)}" is no Region. Choose one such as eu-west-1.`);
  return region;
}

function endpointFor(
  service: Service,
  choice: AccountChoice,
  env: SessionHost["env"],
  profile: Section,
  shared: SharedConfig,
): string | undefined {
  const endpoint = choice.demo ? choice.endpoint : configuredEndpoint(service, choice.endpoint, env, profile, shared);
  if (choice.demo && !endpoint)
    throw new AccountError(
      "failed",
      "The demo account has no address. Start it with `lambda-concurrency demo` and connect to the URL it prints.",
    );
  if (endpoint !== undefined && !/^https?:$/.test(URL.canParse(endpoint) ? new URL(endpoint).protocol : ""))
    throw new AccountError(
      "failed",
      `The endpoint ${shownEndpoint(endpoint)} is no URL. It takes the form https://host or http://host:port.`,
    );
  return endpoint;
}

/** A code is asked for while the user waits for the session to open; later a prompt would come out of nowhere. */
function createMfaPrompt(host: SessionHost, source: CredentialSource): { readonly ask: MfaCode; close(): void } {
  const profile = source.kind === "profile" ? source.name : "";
  let open = true;
  return {
    close() {
      open = false;
    },
    async ask(serial) {
      if (!open)
        throw new AccountError("expired", `The credentials of profile ${profile} need a new MFA code. Connect again.`);
      if (host.mfaCode === undefined)
        throw new AccountError(
          "noCredentials",
          `Profile ${profile} asks for an MFA code, which cannot be entered here. Use a terminal, or a profile that does not ask.`,
        );
      const code = (await host.mfaCode(serial).catch(() => undefined))?.trim();
      if (!code) throw new AccountError("cancelled", "Cancelled.");
      return code;
    },
  };
}
