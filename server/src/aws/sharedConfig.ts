import { homedir } from "node:os";
import path from "node:path";
import { CONFIG_PREFIX_SEPARATOR, loadSharedConfigFiles } from "@smithy/core/config";

/** Variables of the process, as whoever opens a session hands them over. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Keys and values of one section. May hold secrets: it never leaves this module. */
export type Section = Readonly<Record<string, string | undefined>>;

/** What the shared config and credentials files say. */
export interface SharedConfig {
  /** Where the files are looked for; they need not exist. */
  readonly files: { readonly configFilepath: string; readonly filepath: string };
  /** Profiles of both files; the credentials file wins, as in AWS's own tools. */
  readonly profiles: Readonly<Record<string, Section>>;
  /** The named part of a `services` section: `services("local")` has keys such as `lambda.endpoint_url`. */
  services(name: string): Section | undefined;
}

/** Reads the shared files anew: they change while the editor runs. A file that is not there or cannot be read counts as empty. */
export async function readSharedConfig(env: Environment): Promise<SharedConfig> {
  const files = sharedFiles(env);
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ...files, ignoreCache: true });
  const profiles = new Map<string, Section>();
  for (const [name, section] of [...Object.entries(configFile), ...Object.entries(credentialsFile)]) {
    // The loader keeps `sso-session NAME` and `services NAME` beside the profiles, joined by a character that no profile has.
    if (!name.includes(CONFIG_PREFIX_SEPARATOR)) profiles.set(name, { ...profiles.get(name), ...section });
  }
  return {
    files,
    profiles: Object.fromEntries(profiles),
    services: (name) => configFile[`services${CONFIG_PREFIX_SEPARATOR}${name}`],
  };
}

function sharedFiles(env: Environment): SharedConfig["files"] {
  const home = env.HOME ?? env.USERPROFILE ?? homedir();
  return {
    configFilepath: env.AWS_CONFIG_FILE ?? path.join(home, ".aws", "config"),
    filepath: env.AWS_SHARED_CREDENTIALS_FILE ?? path.join(home, ".aws", "credentials"),
  };
}
