import type { AccountErrorKind } from "#aws";
import {
  type AccountSnapshot,
  aboveFloor,
  accountPool,
  dateTimeText,
  num,
  owedOf,
  plain,
  roomText,
  type Usage,
} from "#core";
import type { Account } from "./accountState.ts";

/** What the status bar tells of: the account, and the floor that the files of the workspace state for it. */
export type AccountStatusInput = Pick<Account, "state" | "reading" | "everConnected"> & {
  readonly configuredFloor?: number;
};

/** What the status bar shows of the account. */
export interface AccountStatus {
  readonly text: string;
  /** Markdown. */
  readonly tooltip: string;
  /** The text in words, for screen readers, with the reason of a warning. */
  readonly spoken: string;
  readonly warning: boolean;
  /** Why it warns, in words. */
  readonly why?: string;
}

/** From this share of an account's or a function's requests on, and so many, throttles are more than a burst. */
const heavy = { account: 0.05, function: 0.1, count: 100 };

const failures: Readonly<Partial<Record<AccountErrorKind, string>>> = {
  noCredentials: "no credentials",
  noRegion: "no Region",
  expired: "sign in again",
  denied: "access denied",
  offline: "offline",
  throttled: "throttled",
  timeout: "no answer",
};

/** Longer names are cut in the status bar, characters: an alias may have 63, and the numbers behind it matter more. */
const longest = 24;

/**
 * The status bar item for an account in this state; undefined while the user never connected. Its text is short enough for the numbers to be
 * seen: why it warns is told by the tooltip.
 */
export function accountStatus(input: AccountStatusInput): AccountStatus | undefined {
  const { state, reading, everConnected, configuredFloor } = input;
  if (state.kind === "disconnected") {
    if (!everConnected) return undefined;
    const spoken = "Lambda Concurrency: no account is connected";
    return { text: "$(debug-disconnect) Lambda", tooltip: "No account is connected.", spoken, warning: false };
  }
  if (state.kind === "connecting") {
    const { profile, region, demo } = state.choice;
    const whom = [demo ? "demo account" : profile, region].filter((part) => part !== undefined).join(" ");
    const spoken = `Lambda Concurrency: connecting ${whom}`.trim();
    return {
      text: `$(sync~spin) ${[demo ? "demo account" : cut(profile), cut(region)].join(" ").trim() || "Lambda"}`,
      tooltip: plain(`Connecting ${whom}`),
      spoken,
      warning: false,
    };
  }
  if (state.kind === "connected") return shown(state.snapshot, reading, configuredFloor);
  const { error, snapshot } = state;
  const why = failures[error.kind] ?? "not read";
  if (snapshot === undefined) {
    const spoken = `Lambda Concurrency: ${error.message}`;
    return {
      text: `$(warning) Lambda: ${why}`,
      tooltip: plain(error.message),
      spoken,
      warning: true,
      why: error.message,
    };
  }
  const { text, tooltip, spoken } = shown(snapshot, reading, configuredFloor);
  return {
    text: text.replace(/\$\([\w~-]+\)/, "$(warning)"),
    tooltip: `${plain(error.message)}\n\nRead ${dateTimeText(snapshot.readAt)}, before that:\n\n${tooltip}`,
    spoken: `${spoken}. ${error.message}`,
    warning: true,
    why: error.message,
  };
}

/** Who is throttled so heavily that somebody should look: functions by name, worst first; `the account` when it is spread over many. */
export function throttledHeavily({
  usage,
  functions,
}: Pick<AccountSnapshot, "usage" | "functions">): readonly string[] {
  const names = functions
    .map(({ name, usage }) => ({ name, share: shareOf(usage) }))
    .filter(({ share }) => share >= heavy.function)
    .sort((a, b) => b.share - a.share)
    .map(({ name }) => name);
  return names.length === 0 && shareOf(usage) >= heavy.account ? ["the account"] : names;
}

/** How much of the requests was throttled; 0 when too few were for a share to mean anything. */
function shareOf(usage: Usage | undefined): number {
  const throttles = usage?.throttles ?? 0;
  return throttles < heavy.count ? 0 : throttles / (throttles + (usage?.invocations ?? 0));
}

/** A name in the status bar: short, and never read as an icon. */
function cut(name = ""): string {
  const plain = name.replaceAll("$(", "$ (");
  return plain.length > longest ? `${plain.slice(0, longest - 1)}…` : plain;
}

function shown(snapshot: AccountSnapshot, reading: boolean, configuredFloor: number | undefined): AccountStatus {
  const { identity, usage, problems } = snapshot;
  const pool = accountPool(snapshot, configuredFloor);
  if (pool === undefined) return withoutTotals(snapshot, reading);
  const name = identity.alias ?? identity.account;
  const throttled = throttledHeavily(snapshot);
  const [worst] = throttled;
  const throttling = worst === undefined ? [] : [`${worst} throttled`];
  const owed = owedOf(snapshot.functions);
  const numbers = `${num(pool.claimed)} of ${num(pool.limit)}`;
  const room = pool.belowFloor
    ? `${num(-aboveFloor(pool))} below the floor`
    : `headroom ${num(pool.headroom)}${owed === undefined ? "" : ` (${num(owed.total)} to restore)`}`;
  const lines = [
    `**${plain(name)}** ${plain(`${identity.alias === undefined ? "" : `${identity.account} `}${identity.region}`)}`,
    `${num(pool.claimed)} of ${num(pool.limit)} claimed, ${num(pool.unreserved)} unreserved`,
    pool.belowFloor
      ? `That is ${room} of ${num(pool.floor)} (${pool.floorSource}): Lambda refuses any further reservation.`
      : `${num(pool.headroom)} more can be reserved above the floor of ${num(pool.floor)} (${pool.floorSource}).`,
    ...(owed === undefined ? [] : [`Headroom: ${plain(roomText(pool.headroom, owed))}.`]),
    ...(usage?.now === undefined ? [] : [`In use now: ${num(usage.now)}`]),
    ...(usage?.throttles === undefined ? [] : [`Throttles: ${num(usage.throttles)} since ${dateTimeText(usage.from)}`]),
    ...(throttled.length === 0 ? [] : [`Throttled heavily: ${throttled.slice(0, 5).map(plain).join(", ")}`]),
    ...problems.slice(0, 3).map(({ message }) => plain(message)),
    `Read ${dateTimeText(snapshot.readAt)}`,
  ];
  const warning = pool.belowFloor || throttled.length > 0;
  return {
    // Themes of high contrast have no colour for a warning.
    text: `$(${reading ? "sync~spin" : warning ? "warning" : "dashboard"}) ${cut(name)} ${cut(identity.region)}: ${numbers}, ${room}`,
    tooltip: lines.join("\n\n"),
    spoken: `Lambda Concurrency, ${name} ${identity.region}: ${numbers} claimed, ${[room, ...throttling].join(", ")}`,
    warning,
    ...(warning ? { why: [...(pool.belowFloor ? [room] : []), ...throttling].join(", ") } : {}),
  };
}

/** Where the account does not say its totals: which functions reserve how much is known all the same. */
function withoutTotals({ identity, functions, problems, readAt }: AccountSnapshot, reading: boolean): AccountStatus {
  const name = identity.alias ?? identity.account;
  const reserved = functions.reduce((sum, each) => sum + (typeof each.reserved === "number" ? each.reserved : 0), 0);
  const numbers = `${num(reserved)} reserved, limit not known`;
  return {
    text: `$(${reading ? "sync~spin" : "dashboard"}) ${cut(name)} ${cut(identity.region)}: ${numbers}`,
    tooltip: [
      `**${plain(name)}** ${plain(identity.region)}`,
      numbers,
      ...problems.slice(0, 3).map(({ message }) => plain(message)),
      `Read ${dateTimeText(readAt)}`,
    ].join("\n\n"),
    spoken: `Lambda Concurrency, ${name} ${identity.region}: ${numbers}`,
    warning: false,
  };
}
