import { accountText } from "../account/accountText.ts";
import { isKilled } from "../account/difference.ts";
import { isLive, type LiveMatch } from "../account/matchLive.ts";
import type { AccountSnapshot, LiveFunction, LiveProvisioned, Usage } from "../accountSnapshot.ts";
import type { PoolLive } from "../analysis.ts";
import { accountPool } from "../ledger/accountPool.ts";
import { owedOf, roomText } from "../ledger/owed.ts";
import { isVersion } from "../wording/arns.ts";
import { dateTimeText } from "../wording/times.ts";
import { isUnknown, valueText } from "../wording/values.ts";
import { many, num } from "../wording/words.ts";
import type { FeatureOptions } from "./context.ts";
import { code, plain } from "./markdown.ts";

/** More versions and aliases than this are counted, not shown. */
const MAX_QUALIFIERS = 3;

/** What the account has of one function, as a line of a hover, with the account it was read of and when. */
export function liveLine({ snapshot }: PoolLive, match: LiveMatch): string {
  const { identity, readAt } = snapshot;
  const own = (isLive(match) ? match.readAt : undefined) ?? readAt;
  return `In AWS, account ${plain(accountText(identity))}: ${matchText(match)} (${readText(own)})`;
}

/** What the account says of itself, as a line of a hover. */
export function totalsLine(snapshot: AccountSnapshot): string {
  const { identity, limit, unreserved, readAt, usage, ...rest } = snapshot;
  const owed = owedOf(snapshot.functions);
  const pool = accountPool(snapshot);
  const parts = [
    limit === undefined || unreserved === undefined
      ? "limit and unreserved not known"
      : `${num(unreserved)} of ${num(limit)} unreserved`,
    ...(owed && pool ? [`headroom ${plain(roomText(pool.headroom, owed))}`] : []),
    readSoFar(rest),
    ...(usage ? usageParts(usage) : []),
  ];
  return `In AWS, account ${plain(accountText(identity))}: ${parts.join(", ")} (${readText(readAt)})`;
}

/** What a value of the account is called: `in AWS`, or `last read` once the account does not answer any more. */
export function liveWord({ outdated }: Pick<FeatureOptions, "outdated">): string {
  return outdated ? "last read" : "in AWS";
}

/** `in AWS: 25 · max 18 in 3 h · 3 throttles`: short enough for a lens. Throttles only where there are any. */
export function liveTitle(live: LiveFunction, word: string): string {
  const { maximum, throttles = 0 } = live.usage ?? {};
  const parts = [`${word}: ${liveValue(live)}`];
  if (live.usage && maximum !== undefined) parts.push(`max ${num(maximum)} in ${windowText(live.usage)}`);
  if (throttles > 0) parts.push(many(throttles, "throttle"));
  return parts.join(" · ");
}

/** `25`, `none`, `0 (killed)`. */
export function liveValue(live: LiveFunction): string {
  return `${valueText(live.reserved)}${isKilled(live) ? " (killed)" : ""}`;
}

/** `read 22 Nov 2026 14:05`: with the day, because a window may stay open for days. */
export function readText(time: string): string {
  return `read ${dateTimeText(time)}`;
}

function matchText(match: LiveMatch): string {
  if (match === null) return "no such function";
  if (!isLive(match)) return `unknown, because ${plain(match.unknown)}`;
  const { reserved, outsidePool } = match;
  const why = isUnknown(reserved) ? `, because ${plain(reserved.unknown)}` : "";
  const parts = [`reserved **${valueText(reserved)}**${why}${isKilled(match) ? " (killed)" : ""}`];
  if (outsidePool !== undefined) parts.push(plain(outsidePool));
  if (match.details) parts.push(...provisionedParts(match.details.provisioned));
  if (match.usage) parts.push(...usageParts(match.usage));
  return parts.join(", ");
}

function provisionedParts(provisioned: readonly LiveProvisioned[]): string[] {
  const shown = provisioned.slice(0, MAX_QUALIFIERS).map(({ qualifier, requested, allocated, status }) => {
    const state = status === "FAILED" ? " (failed)" : allocated === requested ? "" : ` (${num(allocated)} allocated)`;
    return `provisioned **${num(requested)}**${state} on ${isVersion(qualifier) ? "version" : "alias"} ${code(qualifier)}`;
  });
  const rest = provisioned.length - shown.length;
  return rest > 0 ? [...shown, `provisioned on ${num(rest)} more`] : shown;
}

/** Without data nothing is said: a function that was not invoked reports nothing, which is not 0. */
function usageParts(usage: Usage): string[] {
  const { maximum, now, throttles } = usage;
  const window = windowText(usage);
  return [
    ...(maximum === undefined ? [] : [`max ${num(maximum)} in ${window}`]),
    ...(now === undefined ? [] : [`now ${num(now)}`]),
    ...(throttles === undefined
      ? []
      : [`${throttles === 0 ? "no throttles" : many(throttles, "throttle")} in ${window}`]),
  ];
}

/** The length of the window that use was read for: `3 h`, `30 min`. */
export function windowText({ from, until }: Pick<Usage, "from" | "until">): string {
  const minutes = Math.round((Date.parse(until) - Date.parse(from)) / 60_000);
  const hours = Math.round(minutes / 60);
  // A window begins where a period begins, up to five minutes early.
  return hours > 0 && (minutes > 600 || Math.abs(minutes - hours * 60) <= 5)
    ? `${num(hours)} h`
    : `${num(minutes)} min`;
}

function readSoFar({
  reading: { state, known, accounted },
  functionCount,
}: Pick<AccountSnapshot, "reading" | "functionCount">): string {
  if (state === "complete") return many(functionCount, "function");
  return `${num(known)} of ${many(functionCount, "function")} read${accounted ? ", all reservations found" : ""}`;
}
