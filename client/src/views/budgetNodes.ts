import type { AccountIdentity, Value } from "#core";
import type { PoolRow, PoolView } from "#protocol";
import type { NodeIcon, ViewNode } from "./node.ts";
import { compareNames } from "./sortFunctions.ts";
import { accountPhrase, count, counted, longValue, markdown, shortValue } from "./text.ts";

/** What the budget tree is made of. */
export interface BudgetTreeInput {
  readonly pools: readonly PoolView[];
  /** Whose facts the server has; undefined while nothing is connected. */
  readonly identity?: AccountIdentity;
}

/** The command that a click on a place runs, with the node's subject as its argument. */
export const openPlaceCommand = "lambdaConcurrency.openPlace";

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
      description: count(rest.length),
      icon: { id: "files" },
      context: "standalone",
      spoken: `${label}: ${count(rest.length)}`,
      children: rest.map((pool) => poolNode(pool, identity)),
      tooltip: () => "Each of them is checked as a pool of its own, as if nothing else were in the account.",
    },
  ];
}

/** Do budget, template and account disagree about it? */
function differs({ difference }: PoolRow): boolean {
  return difference !== undefined;
}

function poolNode(pool: PoolView, identity: AccountIdentity | undefined): ViewNode {
  const rows = [...pool.rows].sort(
    (a, b) => Number(differs(b)) - Number(differs(a)) || compareNames(titleOf(a), titleOf(b)),
  );
  const differences = rows.filter(differs).length;
  const id = `pool/${pool.id}`;
  return {
    id,
    label: pool.name,
    description: differences === 0 ? totals(pool) : `${counted(differences, "difference")} · ${totals(pool)}`,
    icon: poolIcon(pool, differences),
    context: pool.live ? (pool.account === null ? "pool.live.linked" : "pool.live") : "pool",
    spoken: `${pool.name}: ${[...(differences === 0 ? [] : [counted(differences, "difference")]), totals(pool)].join(", ")}`,
    open: pool.budget !== undefined,
    children: [...liveNode(id, pool, identity), ...rows.map((row) => rowNode(id, pool, row))],
    tooltip: () => poolTooltip(pool),
    stamp: JSON.stringify([pool.limit, pool.limitSource, pool.floor, pool.floorSource, pool.claimed, pool.verdict]),
    subject: { kind: "pool", pool },
  };
}

/** `900 of 1,000 claimed · granted 900`: what is claimed decides, so it comes first. */
function totals({ claimed, limit, granted, budget }: PoolView): string {
  const claims = `${shortValue(claimed)} of ${count(limit)} claimed`;
  return budget === undefined ? claims : `${claims} · ${count(granted)} granted`;
}

function poolIcon({ verdict }: PoolView, differences: number): NodeIcon {
  if (verdict === "over") return { id: "error", color: "list.errorForeground" };
  if (differences > 0) return { id: "warning", color: "list.warningForeground" };
  return verdict === "depends" ? { id: "question" } : { id: "pie-chart" };
}

/** Why a pool has no live values; nothing when it has them. */
function* liveNode(id: string, pool: PoolView, identity: AccountIdentity | undefined): Generator<ViewNode> {
  if (pool.live) return;
  const [description, says] = whyNotLive(pool, identity);
  yield {
    id: `${id}/live`,
    label: "No live values",
    description,
    icon: { id: "debug-disconnect" },
    context: identity !== undefined && pool.account === null ? "noLive.linkable" : "noLive",
    spoken: `No live values: ${description}`,
    tooltip: () => markdown(says),
    stamp: says,
    subject: { kind: "pool", pool },
  };
}

function whyNotLive({ account, region }: PoolView, identity: AccountIdentity | undefined): readonly [string, string] {
  if (identity === undefined) return ["not connected", "Connect to an account to see what is reserved there."];
  const here = accountPhrase(identity);
  if (account !== null && account !== identity.account) {
    return [`account ${account}`, `This pool is account ${account}; connected is ${here}.`];
  }
  if (region !== null && region !== identity.region) {
    return [region, `This pool is in ${region}; connected is ${here}.`];
  }
  if (account !== null) return ["not read yet", `The values of ${here} are being compared.`];
  return [
    "names no account",
    `This pool names no account. Link it to ${here}, or write account and region in its budget.`,
  ];
}

function rowNode(parent: string, pool: PoolView, row: PoolRow): ViewNode {
  const { key, difference, places } = row;
  const label = titleOf(row);
  const values = valuesOf(pool, row);
  const words = values.map(([word, value]) => `${word} ${value}`);
  const same =
    pool.live && values.length === 3 && new Set(values.map(([, value]) => (value === "off" ? "0" : value))).size === 1;
  const description = same ? (values[1]?.[1] ?? "") : words.join(" · ");
  const subject = { kind: "row" as const, row, pool };
  const context = [
    "row",
    ...(places.budget === undefined ? [] : ["inBudget"]),
    ...(places.template === undefined ? [] : ["inTemplate"]),
    ...(row.arn === undefined ? [] : ["live"]),
  ].join(".");
  return {
    id: `${parent}/${key}${row.arn === undefined ? "" : `/${row.arn}`}`,
    label,
    description,
    icon: rowIcon(pool, row, same),
    context,
    spoken: [label, ...words, ...(difference === undefined ? [] : [difference])].join(", "),
    tooltip: () => rowTooltip(pool, row),
    stamp: `${difference ?? ""}${JSON.stringify([row.declared, row.live])}`,
    ...(places.budget === undefined && places.template === undefined
      ? {}
      : { command: { id: openPlaceCommand, title: "Open", arguments: [places.budget ?? places.template] } }),
    subject,
  };
}

function titleOf({ name, key }: PoolRow): string {
  return name ?? key;
}

/** What each side says, in a few characters; the account first, because it is what runs. */
function valuesOf(pool: PoolView, row: PoolRow): readonly (readonly [string, string])[] {
  return [
    ...(pool.live && row.live !== undefined
      ? [["live", row.live === "missing" ? "not there" : shortValue(row.live)] as const]
      : []),
    ...(pool.budget === undefined
      ? []
      : [["granted", row.off ? "off" : row.granted === null ? "nothing" : count(row.granted)] as const]),
    ...(row.declared === undefined ? [] : [["declared", shortValue(row.declared)] as const]),
  ];
}

function rowIcon(pool: PoolView, row: PoolRow, same: boolean): NodeIcon {
  if (differs(row)) return { id: "warning", color: "list.warningForeground" };
  if (same) return { id: "pass", color: "charts.green" };
  if (row.off) return { id: "circle-slash" };
  return { id: pool.live ? "circle-filled" : "circle-outline", color: "charts.blue" };
}

function rowTooltip(pool: PoolView, row: PoolRow): string {
  const { key, name, difference, granted, off, declared, live } = row;
  const facts: (readonly [string, string])[] = [
    ["Granted", off ? "off" : granted === null ? "nothing: no entry of the budget stands for it" : count(granted)],
    ["Declared", declared === undefined ? "by no template" : longValue(declared)],
    ["Live", liveText(pool, live)],
  ];
  return [
    `**${markdown(name ?? key)}**`,
    ...(difference === undefined ? [] : [markdown(difference)]),
    ["| | |", "|---|---|", ...facts.map(([word, value]) => `| ${word} | ${markdown(value)} |`)].join("\n"),
    markdown([...(name === undefined || name === key ? [] : [key]), `pool ${pool.name}`, ...placeOf(pool)].join(" · ")),
  ].join("\n\n");
}

function liveText(pool: PoolView, live: Value | "missing" | undefined): string {
  if (live === "missing") return "no such function in the account";
  if (live !== undefined) return longValue(live);
  return pool.live ? "not read" : "not connected to its account";
}

function placeOf({ account, region, environment }: PoolView): readonly string[] {
  return [environment, account, region].filter((part) => part !== undefined && part !== null);
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

function poolTooltip(pool: PoolView): string {
  const facts = [
    ["Limit", `${count(pool.limit)} (${limitSources[pool.limitSource]})`],
    ["Floor", `${count(pool.floor)} (${floorSources[pool.floorSource]})`],
    ["Granted", count(pool.granted)],
    ["Claimed", longValue(pool.claimed)],
    ["Unreserved", longValue(pool.unreserved)],
  ] as const;
  return [
    `**${markdown(pool.name)}**`,
    verdicts[pool.verdict],
    ["| | |", "|---|---|", ...facts.map(([word, value]) => `| ${word} | ${markdown(value)} |`)].join("\n"),
    markdown(placeOf(pool).join(" · ") || "It names no account."),
  ].join("\n\n");
}
