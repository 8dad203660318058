import type { AccountIdentity, AccountSnapshot, Value } from "#core";
import type { PoolRow, PoolView } from "#protocol";
import type { NodeIcon, ViewNode } from "./node.ts";
import { wantedOf } from "./poolFacts.ts";
import { compareNames } from "./sortFunctions.ts";
import { accountPhrase, count, longValue, markdown, shortValue } from "./text.ts";

/** What the budget tree is made of. */
export interface BudgetTreeInput {
  readonly pools: readonly PoolView[];
  /** Of the connected account; undefined while nothing is connected. */
  readonly snapshot?: AccountSnapshot;
}

/** The command that a click on a place runs, with the node's subject as its argument. */
export const openPlaceCommand = "lambdaConcurrency.openPlace";

/** The budget tree: a node for each pool of a budget file, then the templates that no budget lists. */
export function budgetNodes({ pools, snapshot }: BudgetTreeInput): readonly ViewNode[] {
  const nodes = pools.filter(({ budget }) => budget !== undefined).map((pool) => poolNode(pool, snapshot));
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
      children: rest.map((pool) => poolNode(pool, snapshot)),
      tooltip: () => "Each of them is checked as a pool of its own, as if nothing else were in the account.",
    },
  ];
}

/** Do budget, template and account disagree about it? */
function differs({ difference }: PoolRow): boolean {
  return difference !== undefined;
}

function poolNode(pool: PoolView, snapshot: AccountSnapshot | undefined): ViewNode {
  const titles = titlesOf(pool.rows);
  const title = (row: PoolRow) => titles.get(row) ?? row.key;
  const rows = [...pool.rows].sort(
    (a, b) => Number(differs(b)) - Number(differs(a)) || compareNames(title(a), title(b)),
  );
  const differences = rows.filter(differs).length;
  const total = totals(pool, snapshot, differences);
  const id = `pool/${pool.id}`;
  return {
    id,
    label: pool.name,
    description: total,
    icon: poolIcon(pool, differences),
    context: pool.live ? (pool.account === null ? "pool.live.linked" : "pool.live") : "pool",
    spoken: `${pool.name}: ${total.split(" · ").join(", ")}`,
    open: pool.budget !== undefined,
    children: [...liveNode(id, pool, snapshot), ...rows.map((row) => rowNode(id, pool, row, titles))],
    tooltip: () => poolTooltip(pool),
    stamp: JSON.stringify([pool.limit, pool.limitSource, pool.floor, pool.floorSource, pool.claimed, pool.verdict]),
    subject: { kind: "pool", pool },
  };
}

/** `900 of 1,000 · 5 differ · granted 950 · live 600`: what the files claim decides, so it comes first. */
function totals(
  { claimed, limit, granted, budget, live }: PoolView,
  snapshot: AccountSnapshot | undefined,
  differences: number,
): string {
  const parts = [
    `${shortValue(claimed)} of ${count(limit)}`,
    ...(differences === 0 ? [] : [`${count(differences)} differ`]),
  ];
  if (budget !== undefined && granted !== claimed) parts.push(`granted ${count(granted)}`);
  if (live && snapshot !== undefined) parts.push(`live ${count(snapshot.limit - snapshot.unreserved)}`);
  return parts.join(" · ");
}

function poolIcon({ verdict }: PoolView, differences: number): NodeIcon {
  if (verdict === "over") return { id: "error", color: "list.errorForeground" };
  if (differences > 0) return { id: "warning", color: "list.warningForeground" };
  return verdict === "depends" ? { id: "question" } : { id: "pie-chart" };
}

/** Why a pool has no live values; nothing when it has them. */
function* liveNode(id: string, pool: PoolView, snapshot: AccountSnapshot | undefined): Generator<ViewNode> {
  if (pool.live) return;
  const [label, says] = whyNotLive(pool, snapshot?.identity);
  yield {
    id: `${id}/live`,
    label,
    description: "no live values",
    icon: { id: "debug-disconnect" },
    context: snapshot !== undefined && pool.account === null ? "noLive.linkable" : "noLive",
    spoken: `${label}: no live values`,
    tooltip: () => markdown(says),
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

function rowNode(parent: string, pool: PoolView, row: PoolRow, titles: ReadonlyMap<PoolRow, string>): ViewNode {
  const { key, difference, places } = row;
  const label = titles.get(row) ?? row.key;
  const values = valuesOf(pool, row);
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
    description: describe(pool, row),
    icon: rowIcon(pool, row),
    context,
    spoken: [
      label,
      ...values.map(([word, value]) => `${word} ${value}`),
      ...(difference === undefined ? [] : [difference]),
    ].join(", "),
    tooltip: () => rowTooltip(pool, row),
    stamp: `${difference ?? ""}${JSON.stringify([row.declared, row.live])}`,
    ...(places.budget === undefined && places.template === undefined
      ? {}
      : { command: { id: openPlaceCommand, title: "Open", arguments: [places.budget ?? places.template] } }),
    subject,
  };
}

/** What each row is called: the function's name, else its logical id, with the stack when two would be called the same. */
function titlesOf(rows: readonly PoolRow[]): ReadonlyMap<PoolRow, string> {
  const short = ({ name, key }: PoolRow) => name ?? key.split("/").at(-1) ?? key;
  const times = new Map<string, number>();
  for (const row of rows) times.set(short(row), (times.get(short(row)) ?? 0) + 1);
  return new Map(rows.map((row) => [row, times.get(short(row)) === 1 ? short(row) : row.key]));
}

/** `350` when all agree, `live 300, not 350` when only the account differs, `40 of 60 granted`, else what each says. */
function describe(pool: PoolView, row: PoolRow): string {
  const { granted, declared, live } = row;
  const wanted = wantedOf(pool, row);
  const shown = pool.live ? live : undefined;
  if (wanted !== undefined) {
    const text = row.off ? "off" : shortValue(wanted);
    if (shown === undefined || shown === wanted) return text;
    if (shown === "missing") return `${text}, not in the account`;
    const decided = shown === null || typeof shown === "number";
    return decided ? `live ${shortValue(shown)}, not ${text}` : `${text} · live ${shortValue(shown)}`;
  }
  const parts = shown === undefined ? [] : [`live ${shown === "missing" ? "not there" : shortValue(shown)}`];
  if (granted === null && declared === undefined) return [...parts, "not in the files"].join(", ");
  if (typeof declared === "number" && granted !== null && declared < granted) {
    const agrees = shown === declared;
    return [...(agrees ? [] : parts), `${count(declared)} of ${count(granted)} granted`].join(" · ");
  }
  return valuesOf(pool, row)
    .map(([word, value]) => `${word} ${value}`)
    .join(" · ");
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

function rowIcon(pool: PoolView, row: PoolRow): NodeIcon {
  const { declared, granted, live, off } = row;
  if (typeof declared === "number" && granted !== null && declared > granted) {
    return { id: "error", color: "list.errorForeground" };
  }
  if (differs(row)) return { id: "warning", color: "list.warningForeground" };
  if (pool.live && typeof live === "number" && live === declared) return { id: "pass", color: "charts.green" };
  if (off || declared === 0) return { id: "circle-slash" };
  return { id: declared === null ? "circle-outline" : "circle-filled", color: "charts.blue" };
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
