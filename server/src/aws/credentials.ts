import { getDefaultRoleAssumer, getDefaultRoleAssumerWithWebIdentity } from "@aws-sdk/client-sts";
import { fromIni } from "@aws-sdk/credential-provider-ini";
import { defaultProvider } from "@aws-sdk/credential-provider-node";
import type { AwsCredentialIdentity } from "@smithy/types";
import { AccountError } from "./accountError.ts";
import { noMachineCredentials, toCredentialError } from "./credentialError.ts";
import { endingPrograms } from "./credentialProcess.ts";
import type { CredentialSource } from "./credentialSource.ts";
import type { SessionHost } from "./session.ts";
import type { SharedConfig } from "./sharedConfig.ts";
import { abortError } from "./toAccountError.ts";

/** Asks for the code of an MFA device, or rejects with an `AccountError`. */
export type MfaCode = (serial: string) => Promise<string>;

/** What the credentials of a profile are resolved with. */
export interface SignIn {
  readonly source: CredentialSource;
  readonly host: SessionHost;
  readonly shared: SharedConfig;
  /** Of the STS client that assumes roles: Region, endpoint, transport. */
  readonly sts: { readonly region: string; readonly endpoint?: string; readonly requestHandler: object };
}

const LIMIT = 60_000;

/** Signs in, once. Rejects with an `AccountError`. */
export async function signIn({ source, host, shared, sts }: SignIn, mfaCode: MfaCode): Promise<AwsCredentialIdentity> {
  if (source.kind === "demo") return { accessKeyId: "AKIDEMO", secretAccessKey: "demo" };
  if (source.kind === "environment") return environmentKeys(host.env);
  if (source.kind === "missingProfile" || source.kind === "emptyProfile") throw uselessProfile(source, shared);
  const common = {
    ...shared.files,
    ignoreCache: true,
    // Of SSO and sign-in services, whose Regions the profile names: endpoint and Region are those of STS alone.
    clientConfig: { requestHandler: sts.requestHandler, maxAttempts: 2 },
    parentClientConfig: { region: async () => sts.region, requestHandler: sts.requestHandler as never },
    roleAssumer: roleAssumer(sts),
    roleAssumerWithWebIdentity: getDefaultRoleAssumerWithWebIdentity(stsConfig(sts)),
  };
  if (source.kind === "profile")
    return await limited(source, host, mfaCode, (mfaCodeProvider) =>
      fromIni({ ...common, profile: source.name, mfaCodeProvider })(),
    );
  if (offersNothing(host.env)) throw noMachineCredentials();
  const { AWS_ROLE_ARN, AWS_ROLE_SESSION_NAME, AWS_WEB_IDENTITY_TOKEN_FILE } = host.env;
  return await limited(source, host, mfaCode, () =>
    defaultProvider({
      ...common,
      ...(AWS_ROLE_ARN === undefined ? {} : { roleArn: AWS_ROLE_ARN }),
      ...(AWS_ROLE_SESSION_NAME === undefined ? {} : { roleSessionName: AWS_ROLE_SESSION_NAME }),
      ...(AWS_WEB_IDENTITY_TOKEN_FILE === undefined ? {} : { webIdentityTokenFile: AWS_WEB_IDENTITY_TOKEN_FILE }),
      // Most machines are not in EC2: its metadata service gets one second and one attempt.
      timeout: 1000,
      maxRetries: 0,
    })(),
  );
}

function uselessProfile(
  { kind, name }: CredentialSource & { readonly name: string },
  { files }: SharedConfig,
): AccountError {
  const setUp = `"aws configure sso --profile ${name}"`;
  return new AccountError(
    "noCredentials",
    kind === "missingProfile"
      ? `There is no profile ${name} in ${files.configFilepath} or ${files.filepath}. Choose another, or set it up with ${setUp}.`
      : `Profile ${name} does not say where its credentials come from. Set it up with ${setUp}, or connect without a profile.`,
  );
}

/** Says the environment that there is no use in asking? */
function offersNothing(env: SessionHost["env"]): boolean {
  return (
    env.AWS_EC2_METADATA_DISABLED === "true" &&
    !env.AWS_WEB_IDENTITY_TOKEN_FILE &&
    !env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI &&
    !env.AWS_CONTAINER_CREDENTIALS_FULL_URI
  );
}

/** The time that a person takes to read a code does not count. */
async function limited(
  source: CredentialSource,
  host: SessionHost,
  mfaCode: MfaCode,
  resolve: (mfaCode: MfaCode) => Promise<AwsCredentialIdentity>,
): Promise<AwsCredentialIdentity> {
  const limit = host.limits?.signIn ?? LIMIT;
  const end = new AbortController();
  const start = () => setTimeout(() => end.abort(new AccountError("timeout", tooLong(source, limit))), limit);
  const cancel = () => end.abort(host.signal === undefined ? undefined : abortError(host.signal));
  let timer = start();
  if (host.signal?.aborted) cancel();
  host.signal?.addEventListener("abort", cancel, { once: true });
  const ended = new Promise<never>((_resolve, reject) => {
    if (end.signal.aborted) reject(end.signal.reason);
    end.signal.addEventListener("abort", () => reject(end.signal.reason), { once: true });
  });
  const ask = async (serial: string) => {
    clearTimeout(timer);
    try {
      return await mfaCode(serial);
    } finally {
      if (!end.signal.aborted) timer = start();
    }
  };
  try {
    return await Promise.race([endingPrograms(end.signal, () => resolve(ask)), ended]);
  } catch (error) {
    throw toCredentialError(error, source);
  } finally {
    clearTimeout(timer);
    host.signal?.removeEventListener("abort", cancel);
  }
}

function tooLong(source: CredentialSource, limit: number): string {
  const seconds = `${Math.max(1, Math.round(limit / 1000))} s`;
  if (source.kind !== "profile") return `Looking for credentials took more than ${seconds}. Choose a profile.`;
  const { name, section } = source.root;
  const see = `Run "aws sts get-caller-identity --profile ${name}" in a terminal to see what it waits for`;
  if (section.credential_process !== undefined)
    return `The program of profile ${name} (credential_process) did not answer within ${seconds} and was ended. ${see}.`;
  return `Signing in with profile ${name} took more than ${seconds}. ${see}.`;
}

function environmentKeys(env: SessionHost["env"]): AwsCredentialIdentity {
  const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "", AWS_SESSION_TOKEN } = env;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  };
}

/** Roles without `role_session_name` get one that stays the same, so that the same caller keeps the same ARN and CloudTrail names the product. */
function roleAssumer(sts: SignIn["sts"]): ReturnType<typeof getDefaultRoleAssumer> {
  const assume = getDefaultRoleAssumer(stsConfig(sts));
  return (source, params) => {
    const generated = params.RoleSessionName?.startsWith("aws-sdk-js-") ?? true;
    return assume(source, generated ? { ...params, RoleSessionName: "lambda-concurrency" } : params);
  };
}

function stsConfig({ region, endpoint, requestHandler }: SignIn["sts"]) {
  return {
    region,
    requestHandler: requestHandler as never,
    maxAttempts: 2,
    ignoreConfiguredEndpointUrls: true,
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}
