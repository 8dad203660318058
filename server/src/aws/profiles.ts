import { type Environment, readSharedConfig, type Section } from "./sharedConfig.ts";

/** A profile of the shared config files. */
export interface Profile {
  readonly name: string;
  /** Its Region, when it has one. */
  readonly region?: string;
  /** Where its credentials come from, without any secret: `SSO, account 123456789012, role Admin`. */
  readonly description?: string;
}

/** The profiles that a user can choose, by name. Files that are not there or cannot be read have none. */
export async function listProfiles(env: Environment): Promise<readonly Profile[]> {
  const { profiles } = await readSharedConfig(env);
  return Object.entries(profiles)
    .map(([name, section]) => {
      const description = describe(section);
      return {
        name,
        ...(section.region === undefined ? {} : { region: section.region }),
        ...(description === undefined ? {} : { description }),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** In the order in which the SDK looks for credentials in a profile. */
function describe(section: Section): string | undefined {
  const { role_arn, source_profile, credential_source, mfa_serial, web_identity_token_file } = section;
  if (role_arn !== undefined && (source_profile !== undefined || credential_source !== undefined)) {
    const source = source_profile === undefined ? `with ${credential_source}` : `from ${source_profile}`;
    return `Assumes ${roleName(role_arn)} ${source}${mfa_serial === undefined ? "" : ", asks for an MFA code"}`;
  }
  if (section.aws_access_key_id !== undefined && section.aws_secret_access_key !== undefined)
    return section.aws_session_token === undefined ? "Access keys" : "Temporary access keys";
  if (role_arn !== undefined && web_identity_token_file !== undefined)
    return `Assumes ${roleName(role_arn)} with a web identity token`;
  // The command line may hold a secret: it is not shown.
  if (section.credential_process !== undefined) return "Credentials from a program (credential_process)";
  if (section.sso_session !== undefined || section.sso_start_url !== undefined)
    return ["SSO", account(section.sso_account_id), role(section.sso_role_name)].filter(Boolean).join(", ");
  return section.login_session === undefined ? undefined : "aws login";
}

/** `role/Admin in 123456789012` */
function roleName(arn: string): string {
  const [, , , , id = "", ...rest] = arn.split(":");
  return rest.length === 0 ? arn : `${rest.join(":")} in ${id}`;
}

function account(id: string | undefined): string | undefined {
  return id === undefined ? undefined : `account ${id}`;
}

function role(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `role ${name}`;
}
