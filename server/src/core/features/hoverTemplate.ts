import { groupBy } from "../groupBy.ts";
import { sum, times } from "../ledger/bounds.ts";
import type { Source, Value } from "../model.ts";
import { reasonOf } from "../refused.ts";
import { claimSetting } from "../rules/claimFacts.ts";
import type { SourceFile } from "../sources.ts";
import { boundsText, isUnknown, valueText } from "../wording/values.ts";
import { many, num } from "../wording/words.ts";
import { settingValue } from "./caseText.ts";
import type { FeatureContext } from "./context.ts";
import { costOfUseText } from "./costHover.ts";
import { demandText } from "./demandText.ts";
import { largestText } from "./headroom.ts";
import { liveOfUse } from "./liveHover.ts";
import { code, type HoverText, plain } from "./markdown.ts";
import { assumptionsText, poolLine, requestsText } from "./poolText.ts";
import { type Outside, type SettingUse, settingsOf, type TemplateHit, templateHitAt, type Use } from "./uses.ts";

/** More pools and environments than this are counted, not shown. */
const MAX_USES = 6;

/** Hover on a concurrency number, its key, a function, a Globals value, or a parameter that feeds one. */
export function hoverTemplate(context: FeatureContext, file: SourceFile, offset: number): HoverText | undefined {
  const hit = templateHitAt(context.analysis, file, offset);
  const markdown = hit && describe(hit);
  return hit && markdown ? { span: hit.span, markdown } : undefined;
}

function describe(hit: TemplateHit): string {
  if (hit.kind === "function") return describeFunction(hit.uses, hit.outside);
  if (hit.kind === "globals") return describeGlobals(hit.uses);
  if (hit.kind === "source") return describeShared(code(hit.name), hit.uses);
  return describeSettings(hit.uses);
}

function describeFunction(uses: readonly Use[], outside: readonly Outside[]): string {
  const numbers = limited(uses, (use) => {
    const settings = settingsOf(use);
    const lines = settings.map(settingLine);
    if (!settings.some((each) => each.which === "reserved")) lines.unshift(`${name(use)}: **no reservation**`);
    return blocks([lines.join("  \n"), demandText(use), poolBlock(use)]);
  });
  const apart = outside
    .slice(0, MAX_USES)
    .map(
      ({ function: declared, stack, reason }) =>
        `${code(declared.logicalId)} in stack ${code(stack.name)} takes nothing from the pool: ${plain(reason)}`,
    );
  return blocks([...numbers, ...apart]);
}

/** A Globals value: what it comes to in each pool, because it counts once for each function. */
function describeGlobals(uses: readonly SettingUse[]): string {
  if (uses.length === 0) return "Globals: no function inherits this number.";
  if (uses.some(({ which }) => which !== "reserved")) return describeShared("Globals", uses);
  const byPool = groupBy(uses, ({ pool }) => pool);
  const lines = [...byPool].slice(0, MAX_USES).map(([pool, inheriting]) => {
    const values = new Set(inheriting.map(({ setting }) => valueText(setting.value)));
    const total = sum(inheriting.map(({ claim }) => times(claim.claim, claim.instances)));
    const each = [...values].join(" or ");
    return `Pool **${plain(pool.name)}**: ${many(inheriting.length, "function")} × **${each}**, together ${boundsText(total)} claimed  \n${poolLine(pool)}`;
  });
  return blocks(["Globals: counts once for each function that inherits it.", ...lines]);
}

/** A value that several functions share: what it comes to, then the pools once each. */
export function describeShared(what: string, uses: readonly SettingUse[]): string {
  if (uses.length === 0) return `${what}: no function takes a concurrency number from here.`;
  const lines = uses
    .slice(0, MAX_USES)
    .map((use) => `- ${name(use)} in ${where(use)}: ${label(use)} **${settingValue(use)}**`);
  if (uses.length > MAX_USES) lines.push(`- … and ${uses.length - MAX_USES} more`);
  const pools = [...new Map(uses.map((use) => [use.pool, use])).values()];
  const heading = `${what} feeds ${many(uses.length, "concurrency number")}.`;
  return blocks([
    heading,
    lines.join("\n"),
    ...limited(pools, (use) => blocks([`**${plain(use.pool.name)}**`, poolLine(use.pool)])),
  ]);
}

/** The number once for all pools where it is the same, then how each of them stands. */
function describeSettings(uses: readonly SettingUse[]): string {
  const byLine = groupBy(uses.slice(0, MAX_USES), settingLine);
  const parts = [...byLine].flatMap(([line, alike]) => [line, ...alike.map(poolOfSetting)]);
  if (uses.length > MAX_USES) parts.push(`… and ${uses.length - MAX_USES} more`);
  return blocks(parts);
}

function poolOfSetting(use: SettingUse): string | undefined {
  // Without a reservation, provisioned concurrency is what counts in the pool.
  const counts = use.which === "reserved" || claimSetting(use.claim.function) === use.setting;
  return counts ? poolBlock(use) : undefined;
}

function settingLine(use: SettingUse): string {
  const { value, sources, refused } = use.setting;
  const head = `${name(use)}: ${label(use)} **${settingValue(use)}**${chain(sources)}`;
  if (isUnknown(value)) return `${head}, because ${plain(reasonOf(value))}`;
  return refused ? `${head}, which AWS refuses: ${plain(refused.why)}` : `${head}${meaning(use, value)}`;
}

function meaning(use: SettingUse, value: Value): string {
  if (use.which !== "reserved" || typeof value !== "number") return "";
  if (value === 0) return " — the function never runs";
  return ` — ${requestsText(value)}`;
}

function label(use: SettingUse): string {
  if (use.which === "reserved") return "reserved";
  const noun = use.which === "provisioned" ? "provisioned" : "maximum concurrency";
  return use.qualifier ? `${noun} (${code(use.qualifier)})` : noun;
}

/** ` from A, from B`: nearest source first. */
function chain(sources: readonly Source[]): string {
  return sources.length === 0 ? "" : ` from ${sources.map(({ what }) => plain(what)).join(" ← ")}`;
}

function poolBlock(use: Use): string {
  const lines = [where(use), poolLine(use.pool), largestText(use)];
  const grant = use.claim.grant;
  if (grant) {
    const owner = [grant.reason, grant.owner && `owner ${grant.owner}`]
      .filter((part) => part)
      .map((part) => plain(part ?? ""));
    const because = owner.length > 0 ? ` (${owner.join("; ")})` : "";
    lines.push(`Budget entry ${code(grant.pattern)} grants ${grant.off ? "off" : num(grant.reserved)}${because}`);
  } else if (use.pool.budget) lines.push("No budget entry grants it a reservation");
  lines.push(costOfUseText(use.pool, use.claim), assumptionsText(use.pool), liveOfUse(use));
  return lines.filter((line) => line).join("  \n");
}

function where({ pool, claim: { stack, instances, function: declared } }: Use): string {
  const copies = instances > 1 ? `, ${num(instances)} instances` : "";
  const called = stack.label ?? stack.environment;
  const environment = called ? `, environment ${code(called)}` : "";
  const { condition } = declared;
  const existence = condition === undefined ? "" : `, only if condition ${code(condition)} holds, which is not decided`;
  return `pool **${plain(pool.name)}**, stack ${code(stack.name)}${environment}${copies}${existence}`;
}

function name({ claim }: Use): string {
  return code(claim.function.logicalId);
}

function limited<T>(items: readonly T[], describeOne: (item: T) => string): string[] {
  const shown = items.slice(0, MAX_USES).map(describeOne);
  return items.length > MAX_USES ? [...shown, `… and ${items.length - MAX_USES} more`] : shown;
}

function blocks(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part).join("\n\n");
}
