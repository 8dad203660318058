import { AccountError } from "./accountError.ts";
import { configuredEndpoint, type Service, shownEndpoint } from "./endpoints.ts";
import type { AccountChoice } from "./session.ts";
import type { Environment, Section, SharedConfig } from "./sharedConfig.ts";

/** Where a session goes. */
export interface Settings {
  /** The profile whose Region, endpoints and certificates count: also when the keys come from the environment. */
  readonly profile: Section;
  /** Its name; the SDK reads further settings there, such as `use_fips_endpoint`. */
  readonly profileName?: string;
  readonly region: string;
  /** Undefined: AWS's own. Throws an `AccountError` for what is no URL. */
  endpointOf(service: Service): string | undefined;
}

/** What choice, environment and profile say, in this order. Throws an `AccountError` when there is no Region, or none that could exist. */
export function readSettings(choice: AccountChoice, env: Environment, shared: SharedConfig): Settings {
  if (choice.demo)
    return { profile: {}, region: checkRegion(choice.region ?? "us-east-1"), endpointOf: () => demoEndpoint(choice) };
  const profileName = choice.profile ?? (env.AWS_PROFILE || "default");
  const profile = shared.profiles[profileName] ?? {};
  const region = choice.region ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION || profile.region);
  if (!region)
    throw new AccountError(
      "noRegion",
      `No Region is set. Choose one, or set AWS_REGION${choice.profile === undefined ? "" : ` or the region of profile ${choice.profile}`}.`,
    );
  return {
    profile,
    profileName,
    region: checkRegion(region),
    endpointOf(service) {
      const endpoint = configuredEndpoint(service, choice.endpoint, env, profile, shared);
      return endpoint === undefined ? undefined : checkEndpoint(endpoint);
    },
  };
}

function demoEndpoint({ endpoint }: AccountChoice): string {
  if (endpoint !== undefined) return checkEndpoint(endpoint);
  throw new AccountError(
    "failed",
    "The address of the demo account is missing. Start it with `lambda-concurrency demo` and connect to the URL that it prints.",
  );
}

/** A Region becomes part of host names. */
function checkRegion(region: string): string {
  if (/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/i.test(region)) return region;
  throw new AccountError("noRegion", `"${region.slice(0, 64)}" is no Region. Choose one such as eu-west-1.`);
}

function checkEndpoint(endpoint: string): string {
  if (URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol)) return endpoint;
  throw new AccountError(
    "failed",
    `The endpoint ${shownEndpoint(endpoint)} is no URL. It takes the form https://host or http://host:port.`,
  );
}
