import type { AccountChoice } from "./session.ts";
import type { Environment, Section, SharedConfig } from "./sharedConfig.ts";

/** Where the credentials of a session come from. */
export type CredentialSource =
  | { readonly kind: "demo" }
  | { readonly kind: "environment" }
  /** `root`: the profile at the end of its chain of `source_profile`, where somebody signs in. */
  | {
      readonly kind: "profile";
      readonly name: string;
      readonly root: { readonly name: string; readonly section: Section };
    }
  | { readonly kind: "missingProfile"; readonly name: string }
  /** The profile exists but says nothing about credentials. */
  | { readonly kind: "emptyProfile"; readonly name: string }
  /** Web identity, container, EC2. */
  | { readonly kind: "machine" };

/**
 * As AWS's command line does it: a chosen profile, else the keys in the environment, else the profile in `AWS_PROFILE`, else the default profile,
 * else what the machine offers. A chosen profile that gives nothing is an error; nobody else's credentials take its place.
 */
export function credentialSource(choice: AccountChoice, env: Environment, shared: SharedConfig): CredentialSource {
  if (choice.demo) return { kind: "demo" };
  if (choice.profile === undefined && env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY)
    return { kind: "environment" };
  const named = choice.profile ?? (env.AWS_PROFILE || undefined);
  const name = named ?? "default";
  const section = shared.profiles[name];
  if (section !== undefined && givesCredentials(section)) return { kind: "profile", name, root: rootOf(name, shared) };
  if (named !== undefined && section === undefined) return { kind: "missingProfile", name };
  if (choice.profile !== undefined) return { kind: "emptyProfile", name };
  return { kind: "machine" };
}

const keys = [
  "aws_access_key_id",
  "credential_process",
  "credential_source",
  "login_session",
  "role_arn",
  "sso_account_id",
  "sso_session",
  "sso_start_url",
  "web_identity_token_file",
];

function givesCredentials(section: Section): boolean {
  return keys.some((key) => section[key] !== undefined);
}

function rootOf(name: string, shared: SharedConfig): { readonly name: string; readonly section: Section } {
  const seen = new Set<string>();
  let current = name;
  while (!seen.has(current)) {
    seen.add(current);
    const { source_profile: source, role_arn: role } = shared.profiles[current] ?? {};
    if (source === undefined || role === undefined || shared.profiles[source] === undefined) break;
    current = source;
  }
  return { name: current, section: shared.profiles[current] ?? {} };
}
