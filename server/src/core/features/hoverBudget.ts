import type { Pool } from "../analysis.ts";
import type { BudgetFile, BudgetStack, Grant, KillGroup } from "../budgetFile/budgetFile.ts";
import { copiesOf } from "../ledger/claim.ts";
import type { Place } from "../model.ts";
import { shortName } from "../pools/paths.ts";
import type { SourceFile } from "../sources.ts";
import { asScalar } from "../syntax/lookup.ts";
import type { Pair } from "../syntax/nodes.ts";
import { valueText } from "../wording/values.ts";
import { many, num } from "../wording/words.ts";
import { keyTableOf } from "./budgetContext.ts";
import { type BudgetHit, budgetHitAt, budgetOf, claimsOfGrant, poolOf, stacksOfEntry } from "./budgets.ts";
import type { FeatureContext } from "./context.ts";
import { costOfGrantText, costOfOwnerText, costOfPatternsText, costOfPoolText } from "./costHover.ts";
import { describeShared } from "./hoverTemplate.ts";
import { liveInList, liveOfGrant, otherFloor, otherLimit } from "./liveHover.ts";
import { totalsLine } from "./liveText.ts";
import { code, type HoverText, plain } from "./markdown.ts";
import { claimsMatching } from "./patterns.ts";
import { assumptionsText, poolLine, requestsText } from "./poolText.ts";
import { contains, covers, pathAt } from "./treePath.ts";
import { type SettingUse, settingsOf } from "./uses.ts";

/** More functions than this are counted, not listed. */
const MAX_LISTED = 12;

/** Hover in a budget file: what a key means, what takes a grant, what the pool comes to. */
export function hoverBudget(context: FeatureContext, file: SourceFile, offset: number): HoverText | undefined {
  const budget = budgetOf(context.analysis, file);
  if (!budget) return undefined;
  const hit = budgetHitAt(budget, offset);
  if (hit) return hoverHit(context, budget, hit);
  const document = budget.pools.find(({ killGroups }) => killGroups.some(({ place }) => contains(place, offset)));
  const group = document?.killGroups.find(({ place }) => contains(place, offset));
  if (document && group) return hoverGroup(group, poolOf(context.analysis, budget, document));
  return hoverKey(context, file, budget, offset);
}

function hoverHit(context: FeatureContext, budget: BudgetFile, hit: BudgetHit): HoverText | undefined {
  const pool = poolOf(context.analysis, budget, hit.pool);
  if (hit.kind === "grant") {
    return { span: hit.onKey ? hit.grant.place : hit.grant.valuePlace, markdown: describeGrant(hit.grant, pool) };
  }
  if (hit.kind === "pattern") {
    const markdown = `${code(hit.pattern.value)}: ${pool ? functionList(pool, claimsMatching(pool, hit.pattern.value)) : "not analysed"}`;
    return { span: hit.pattern.place, markdown };
  }
  const { part } = hit;
  if (part.kind === "template" || part.kind === "name") {
    return { span: part.place, markdown: describeStack(hit.stack, pool) };
  }
  return part.kind === "parameter" && pool
    ? { span: part.place, markdown: describeShared(code(part.name), fedFrom(pool, part.place)) }
    : undefined;
}

function hoverGroup({ name, place, functions }: KillGroup, pool: Pool | undefined): HoverText {
  const parts = [`Kill group ${code(name)}`, pool ? costOfPatternsText(pool, functions) : ""];
  return { span: place, markdown: parts.filter((part) => part).join("\n\n") };
}

/** The concurrency numbers of a pool that come from a place. */
function fedFrom(pool: Pool, from: Place): readonly SettingUse[] {
  const settings = pool.claims.flatMap((claim) => settingsOf({ pool, claim }));
  return settings.filter(({ setting }) =>
    setting.sources.some(({ place }) => place?.uri === from.uri && covers(from, place)),
  );
}

/** A key of the format, wherever it stands: its description, and for the numbers of the pool what they come to. */
function hoverKey(
  context: FeatureContext,
  file: SourceFile,
  budget: BudgetFile,
  offset: number,
): HoverText | undefined {
  const path = pathAt(file.tree, offset);
  const pair = path?.pairs.at(-1);
  const name = path?.keys.findLast((key) => typeof key === "string");
  if (!path || !pair || typeof name !== "string") return undefined;
  // White space and punctuation inside of a mapping or list say nothing of their own.
  if (!path.onKey && (pair.value.kind === "map" || pair.value.kind === "seq")) return undefined;
  const depth = path.keys.lastIndexOf(name);
  const key = keyTableOf(path.keys.slice(0, depth))?.[name];
  if (!key) return undefined;
  const document = budget.pools.find((each) => each.index === file.tree.documents.indexOf(path.document));
  const pool = document && poolOf(context.analysis, budget, document);
  const summary =
    pool && (depth === 0 ? poolSummary(pool, name) : name === "owner" ? ownerSummary(pool, pair) : undefined);
  const markdown = [`**${name}**`, key.description, summary].filter((part) => part).join("\n\n");
  return { span: path.onKey ? pair.key : pair.value, markdown };
}

function poolSummary(pool: Pool, key: string): string | undefined {
  const live = pool.live && totalsLine(pool.live.snapshot);
  if (key === "account" || key === "region") return live;
  const bar = [poolLine(pool), assumptionsText(pool), live].filter((part) => part).join("\n\n");
  if (key === "pool" || key === "stacks") return bar;
  if (key === "limit") return `${bar}\n\nLimit ${num(pool.limit)}, ${pool.limitSource}.${otherLimit(pool)}`;
  if (key === "floor") return `${bar}\n\nFloor ${num(pool.floor)}, ${pool.floorSource}.${otherFloor(pool)}`;
  if (key === "max-cost-per-hour") return costOfPoolText(pool);
  if (key === "keep-unreserved") return `${bar}\n\nUnreserved: ${valueText(pool.ledger.unreserved)}.`;
  return key === "reservations" ? `${bar}\n\nThe grants alone come to ${num(pool.granted)}.` : undefined;
}

/** What everything of the owner at hand can cost. */
function ownerSummary(pool: Pool, { value }: Pair): string | undefined {
  const owner = asScalar(value)?.text;
  return owner === undefined ? undefined : costOfOwnerText(pool, owner);
}

function describeGrant(grant: Grant, pool: Pool | undefined): string {
  const says = grant.off ? "is **off**: 0 on purpose, never runs" : `may reserve **${num(grant.reserved)}**`;
  const speed = grant.reserved > 0 ? `, ${requestsText(grant.reserved)}` : "";
  const notes = [grant.reason && `Reason: ${plain(grant.reason)}`, grant.owner && `Owner: ${plain(grant.owner)}`];
  const parts = [`${code(grant.pattern)} ${says}${speed}.`, ...notes];
  if (pool) parts.push(takers(grant, pool), costOfGrantText(pool, grant), poolLine(pool), liveOfGrant(grant, pool));
  return parts.filter((part) => part).join("\n\n");
}

function takers(grant: Grant, pool: Pool): string {
  const claims = claimsOfGrant(pool, grant);
  if (claims.length === 0) return "No function of the pool's stacks takes it.";
  const copies = copiesOf(claims);
  const times =
    copies > 1 && grant.reserved > 0
      ? `\n\n${num(copies)} × ${num(grant.reserved)} = ${num(copies * grant.reserved)} granted.`
      : "";
  return `Taken by ${functionList(pool, claims)}${times}`;
}

function functionList(pool: Pool, claims: Pool["claims"]): string {
  if (claims.length === 0) return "no function of the pool's stacks.";
  const lines = claims.slice(0, MAX_LISTED).map((claim) => {
    const copies = claim.instances > 1 ? ` × ${num(claim.instances)}` : "";
    const reserved = valueText(claim.function.reserved.value);
    return `- ${code(claim.key)}${copies}: reserved ${reserved} in ${code(shortName(claim.uri))}${liveInList(pool, claim)}`;
  });
  if (claims.length > MAX_LISTED) lines.push(`- … and ${claims.length - MAX_LISTED} more`);
  return `${many(claims.length, "function")}:\n\n${lines.join("\n")}`;
}

function describeStack(entry: BudgetStack, pool: Pool | undefined): string {
  const stacks = stacksOfEntry(pool, entry);
  if (!pool || stacks.length === 0) return `Stack entry ${code(entry.template.value)}: no template found.`;
  const lines = stacks.slice(0, MAX_LISTED).map((stack) => {
    const claims = pool.claims.filter((claim) => claim.stack === stack);
    const environment = stack.environment ? `, environment ${code(stack.environment)}` : "";
    const copies = stack.instances > 1 ? `, ${many(stack.instances, "instance")}` : "";
    return `- ${code(stack.name)}${environment}${copies}: ${many(claims.length, "function")}`;
  });
  if (stacks.length > MAX_LISTED) lines.push(`- … and ${stacks.length - MAX_LISTED} more`);
  return [lines.join("\n"), poolLine(pool)].join("\n\n");
}
