import type { PoolView } from "#protocol";

/** A profile of the shared config files, as `#aws` lists them. */
export interface ProfileEntry {
  readonly name: string;
  readonly region?: string;
  readonly description?: string;
}

/** Whose credentials: a profile, or those of the environment, container or machine. */
export type Credentials =
  | { readonly kind: "profile"; readonly profile: ProfileEntry }
  | { readonly kind: "environment" };

/** What can be connected. */
export type ConnectTarget =
  | Credentials
  | { readonly kind: "pool"; readonly account: string | null; readonly region: string | null }
  | { readonly kind: "demo" };

/** One line of the quick pick, or a heading above the lines that follow. */
export type ConnectItem =
  | { readonly label: string; readonly heading: true }
  | { readonly label: string; readonly description: string; readonly detail?: string; readonly target: ConnectTarget };

/** What the quick pick is made of. */
export interface ConnectInput {
  readonly pools: readonly Pick<PoolView, "name" | "account" | "region" | "budget">[];
  readonly profiles: readonly ProfileEntry[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Profile that was used last in this workspace. */
  readonly last?: string;
}

/** The pools of budget files that name where they are first, then profiles, credentials of the environment, and the demo account. */
export function connectItems(input: ConnectInput): readonly ConnectItem[] {
  return [
    ...headed("Pools of the budget files", poolItems(input.pools)),
    ...headed("Credentials", credentialItems(input)),
    ...headed("Without an AWS account", [
      {
        label: "Demo account",
        description: "on this machine",
        detail: "Behaves like Lambda, with functions and traffic. Needs no credentials and costs nothing.",
        target: { kind: "demo" },
      },
    ]),
  ];
}

/** Profiles and the environment; the profiles that fit an account, and the one used last, come first. */
export function credentialItems({
  profiles,
  env,
  last,
  account,
}: Omit<ConnectInput, "pools"> & { readonly account?: string | null }): readonly (ConnectItem & {
  target: Credentials;
})[] {
  const chosen = env.AWS_PROFILE;
  const rank = ({ name, description }: ProfileEntry) => {
    if (account && description?.includes(account)) return 0;
    return name === last ? 1 : name === chosen ? 2 : 3;
  };
  const sorted = profiles.map((profile, index) => ({ profile, index }));
  sorted.sort((a, b) => rank(a.profile) - rank(b.profile) || a.index - b.index);
  return [
    ...sorted.map(({ profile }) => ({
      label: profile.name,
      description: [
        profile.region ?? "no Region",
        ...(profile.name === last ? ["used last"] : []),
        ...(profile.name === chosen ? ["AWS_PROFILE"] : []),
      ].join(" · "),
      ...(profile.description === undefined ? {} : { detail: profile.description }),
      target: { kind: "profile" as const, profile },
    })),
    ...environmentItem(env),
  ];
}

/** The Region that the environment names. */
export function environmentRegion(env: ConnectInput["env"]): string | undefined {
  return env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined;
}

const sources: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: "Keys in environment variables",
  AWS_WEB_IDENTITY_TOKEN_FILE: "Web identity token",
  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "Credentials of the container",
  AWS_CONTAINER_CREDENTIALS_FULL_URI: "Credentials of the container",
};

function environmentItem(env: ConnectInput["env"]): readonly (ConnectItem & { target: Credentials })[] {
  const source = Object.keys(sources).find((name) => env[name]);
  if (source === undefined) return [];
  return [
    {
      label: "Environment",
      description: environmentRegion(env) ?? "no Region",
      detail: `${sources[source]} (${source})`,
      target: { kind: "environment" },
    },
  ];
}

function poolItems(pools: ConnectInput["pools"]): readonly ConnectItem[] {
  const places = new Map<string, { names: string[]; account: string | null; region: string | null }>();
  for (const { name, account, region, budget } of pools) {
    if (budget === undefined || (account === null && region === null)) continue;
    const key = `${account} ${region}`;
    const known = places.get(key);
    if (known === undefined) places.set(key, { names: [name], account, region });
    else known.names.push(name);
  }
  return [...places.values()].map(({ names, account, region }) => ({
    label: names.join(", "),
    description: [account ?? "any account", region ?? "any Region"].join(" · "),
    target: { kind: "pool", account, region },
  }));
}

function headed(label: string, items: readonly ConnectItem[]): readonly ConnectItem[] {
  return items.length === 0 ? [] : [{ label, heading: true }, ...items];
}

/** The Regions to choose from: those of pools with their names first, then the others; the present one is marked. */
export function regionItems({
  pools,
  regions,
  now,
}: {
  readonly pools: readonly Pick<PoolView, "name" | "region" | "budget">[];
  readonly regions: readonly string[];
  readonly now?: string;
}): readonly { readonly label: string; readonly description: string }[] {
  const names = new Map<string, string[]>();
  for (const { name, region, budget } of pools) {
    if (region === null || budget === undefined) continue;
    names.set(region, [...(names.get(region) ?? []), name]);
  }
  const rest = regions.filter((region) => !names.has(region));
  return [...names.keys(), ...rest].map((region) => {
    const marks = [...(region === now ? ["now"] : []), ...(names.get(region) ?? [])];
    return { label: region, description: marks.join(" · ") };
  });
}

/** The list with what was typed, when that is the name of a Region that the list does not have. */
export function withTyped<T extends { readonly label: string }>(
  listed: readonly T[],
  text: string,
): readonly { readonly label: string; readonly description?: string }[] {
  const typed = text.trim();
  const own = /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(typed) && !listed.some(({ label }) => label === typed);
  return own ? [...listed, { label: typed, description: "as typed" }] : listed;
}
