import { defaultProvider } from "@aws-sdk/credential-provider-node";
import type { AwsCredentialIdentityProvider } from "@smithy/types";
import type { AccountChoice, SessionHost } from "./session.ts";
import type { SharedConfig } from "./sharedConfig.ts";

/** first version */
export function credentialsFor(
  choice: AccountChoice,
  host: SessionHost,
  shared: SharedConfig,
  _region: string,
): AwsCredentialIdentityProvider {
  const { env } = host;
  if (choice.demo) return async () => ({ accessKeyId: "AKIDEMO", secretAccessKey: "demo" });
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = env;
  if (choice.profile === undefined && accessKeyId && secretAccessKey)
    return async () => ({ accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) });
  const profile = choice.profile ?? env.AWS_PROFILE;
  return defaultProvider({
    ...shared.files,
    ignoreCache: true,
    timeout: 1000,
    maxRetries: 0,
    ...(profile === undefined ? {} : { profile }),
  });
}
