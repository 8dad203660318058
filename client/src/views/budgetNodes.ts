import {
  type AccountIdentity,
  accountPhrase,
  compareNames,
  liveWord,
  longValueText,
  num,
  plain,
  valueText,
} from "#core";
import type { PoolRow, PoolView } from "#protocol";
import type { NodeIcon, ViewNode } from "../tree/node.ts";
import { differs, placeOf, rowNode, titlesOf } from "./budgetRow.ts";

/** What the budget tree is made of. */
export interface BudgetTreeInput {
  readonly pools: readonly PoolView[];
  /** The connected account; undefined while nothing is connected. */
  readonly identity?: AccountIdentity;
}

/** The budget tree: a node for each pool of a budget file, then the templates that no budget lists. */
export function budgetNodes({ pools, identity }: BudgetTreeInput): readonly ViewNode[] {
  const nodes = pools.filter(({ budget }) => budget !== undefined).map((pool) => poolNode(pool, identity));
  const rest = pools.filter(({ budget }) => budget === undefined);
  if (rest.length === 0) return nodes;
  const label = "Templates without a budget";
  return [
    ...nodes,
    {
      id: "standalone",
      label,
      description: num(rest.length),
      icon: { id: "files" },
      context: "standalone",
      spoken: `${label}: ${num(rest.length)}`,
      children: rest.map((pool) => poolNode(pool, identity)),
      tooltip: () => "Each of them is checked as a pool of its own, as if nothing else were in the account.",
    },
  ];
}

function poolNode(pool: PoolView, identity: AccountIdentity | undefined): ViewNode {
  const titles = titlesOf(pool.rows);
  const title = (row: PoolRow) => titles.get(row) ?? row.key;
  const rows = [...pool.rows].sort(
    (a, b) => Number(differs(b)) - Number(differs(a)) || compareNames(title(a), title(b)),
  );
  const differences = rows.filter(differs).length;
  const total = totals(pool, differences);
  const id = `pool/${pool.id}`;
  return {
    id,
    label: pool.name,
    description: total,
    icon: poolIcon(pool, differences),
    context: pool.live ? (pool.account === null ? "pool.live.linked" : "pool.live") : "pool",
    spoken: `${pool.name}: ${total.split(" · ").join(", ")}`,
    open: pool.budget !== undefined,
    children: [...liveNode(id, pool, identity), ...rows.map((row) => rowNode(id, pool, row, titles))],
    tooltip: () => poolTooltip(pool),
    stamp: JSON.stringify([
      pool.limit,
      pool.limitSource,
      pool.floor,
      pool.floorSource,
      pool.claimed,
      pool.verdict,
      pool.refused,
      pool.inAws,
      pool.outdated,
    ]),
    subject: { kind: "pool", pool },
  };
}

/** `900 of 1,000 · 5 differ · granted 950 · in AWS: 600`: what the files claim decides, so it comes first. */
function totals(pool: PoolView, differences: number): string {
  const { claimed, limit, granted, budget, liveClaimed, inAws } = pool;
  const parts = [
    `${valueText(claimed)} of ${num(limit)}`,
    ...(inAws?.verdict === "over" ? [`${num(inAws.short ?? 0)} too many now`] : []),
    ...(differences === 0 ? [] : [`${num(differences)} differ`]),
  ];
  if (budget !== undefined && granted !== claimed) parts.push(`granted ${num(granted)}`);
  if (liveClaimed !== undefined) parts.push(`${liveWord(pool)}: ${num(liveClaimed)}`);
  return parts.join(" · ");
}

function poolIcon({ verdict, refused }: PoolView, differences: number): NodeIcon {
  if (verdict === "over" || refused) return { id: "error", color: "list.errorForeground" };
  if (differences > 0) return { id: "warning", color: "list.warningForeground" };
  return verdict === "depends" ? { id: "question" } : { id: "pie-chart" };
}

/** Why a pool has no live values; nothing when it has them. */
function* liveNode(id: string, pool: PoolView, identity: AccountIdentity | undefined): Generator<ViewNode> {
  if (pool.live) return;
  const [label, says] = whyNotLive(pool, identity);
  yield {
    id: `${id}/live`,
    label,
    description: "no values from AWS",
    icon: { id: "debug-disconnect" },
    context: identity !== undefined && pool.account === null ? "noLive.linkable" : "noLive",
    spoken: `${label}: no values from AWS`,
    tooltip: () => plain(says),
    stamp: says,
    subject: { kind: "pool", pool },
  };
}

function whyNotLive(
  { account, region }: PoolView,
  identity: AccountIdentity | undefined,
): readonly [label: string, says: string] {
  if (identity === undefined) return ["Not connected", "Connect to an account to see what is reserved there."];
  const here = accountPhrase(identity);
  if (account !== null && account !== identity.account) {
    return [`Account ${account}`, `This pool is account ${account}; connected is ${here}.`];
  }
  if (region !== null && region !== identity.region) {
    return [`Region ${region}`, `This pool is in ${region}; connected is ${here}.`];
  }
  if (account !== null) return ["Comparing", `The values of ${here} are being compared.`];
  return [
    "Names no account",
    `This pool names no account. Link it to ${here}, or write account and region in its budget.`,
  ];
}

const limitSources = { given: "stated", live: "of the account", assumed: "assumed" } as const;
const floorSources = {
  configured: "stated",
  learned: "learned from a refused change",
  estimated: "estimated",
} as const;
const verdicts = {
  fits: "It fits.",
  over: "It does not fit.",
  depends: "Whether it fits depends on values that are not known.",
};

function verdictText({ verdict, refused, inAws }: PoolView): string {
  if (verdict === "depends" && refused) return "It cannot be deployed: AWS refuses a value.";
  if (inAws?.verdict === "over")
    return `It cannot be deployed now: ${num(inAws.short ?? 0)} too many, with ${valueText(inAws.unreserved)} unreserved in AWS.`;
  return verdicts[verdict];
}

function poolTooltip(pool: PoolView): string {
  const facts = [
    ["Limit", `${num(pool.limit)} (${limitSources[pool.limitSource]})`],
    ["Floor", `${num(pool.floor)} (${floorSources[pool.floorSource]})`],
    ["Granted", num(pool.granted)],
    ["Claimed", longValueText(pool.claimed)],
    ["Unreserved", longValueText(pool.unreserved)],
  ] as const;
  return [
    `**${plain(pool.name)}**`,
    verdictText(pool),
    ["| | |", "|---|---|", ...facts.map(([word, value]) => `| ${word} | ${plain(value)} |`)].join("\n"),
    plain(placeOf(pool).join(" · ") || "It names no account."),
  ].join("\n\n");
}
