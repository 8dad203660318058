import { type InAws, list, many, num, valueText } from "#core";
import type { PoolSummary } from "../report.ts";
import { poolBar } from "./bar.ts";
import type { Paint, Style } from "./colours.ts";
import { alignColumns, printable } from "./terminal.ts";

interface Verdict {
  readonly text: string;
  readonly style: Style;
}

const verdicts: Readonly<Record<PoolSummary["verdict"], Verdict>> = {
  fits: { text: "fits", style: "green" },
  over: { text: "does not fit", style: "red" },
  depends: { text: "depends on what is unknown", style: "yellow" },
};

/** Over its limit is said first: with what AWS refuses mended, it would still not fit. */
function verdictOf({ verdict, refused, inAws }: PoolSummary): Verdict {
  if (refused && (verdict === "depends" || inAws?.verdict === "over"))
    return { text: "cannot be deployed", style: "red" };
  return inAws?.verdict === "over" ? { text: notNow(inAws), style: "red" } : verdicts[verdict];
}

/** The files may fit, and what AWS has left may not be enough all the same. */
function notNow({ short, unreserved }: InAws): string {
  const much = short === undefined ? "" : `: ${num(short)} too many`;
  return `cannot be deployed now${much}, ${valueText(unreserved)} unreserved in AWS`;
}

/** Of more pools than this, those that fit are only counted. */
const MANY = 20;

/** The pools as a table with one bar each: claimed, possibly claimed, free; `|` marks where the floor begins. */
export function poolTable(pools: readonly PoolSummary[], paint: Paint): string[] {
  const listed = pools.length > MANY ? pools.filter(({ verdict }) => verdict !== "fits") : pools;
  const fitting = pools.length - listed.length;
  return [
    ...(listed.length === 0 ? [] : table(listed, paint)),
    ...(fitting === 0 ? [] : [`${many(fitting, "pool")} fit${fitting === 1 ? "s" : ""}.`]),
    ...assumptions(pools).map((sentence) => paint("dim", printable(sentence))),
  ];
}

function table(pools: readonly PoolSummary[], paint: Paint): string[] {
  const head = ["POOL", "CLAIMED", "LIMIT", "FLOOR", "UNRESERVED", ""];
  const rows = pools.map((pool) => [
    printable(pool.name),
    valueText(pool.claimed),
    `${valueText(pool.limit)} ${pool.limitSource}`,
    `${num(pool.floor)} ${pool.floorSource}`,
    valueText(pool.unreserved),
    bar(pool),
  ]);
  const [header = "", ...lines] = alignColumns([head, ...rows], new Set([1, 2, 3, 4]));
  return [
    paint("dim", header),
    ...pools.map((pool, i) => {
      const { text, style } = verdictOf(pool);
      return `${lines[i]}  ${paint(style, text)}`;
    }),
  ];
}

/** What the verdicts rest on; of many pools the columns say which numbers are assumed. */
function assumptions(pools: readonly PoolSummary[]): readonly string[] {
  if (pools.length === 1) return pools[0]?.assumptions ?? [];
  const alone = pools.filter(({ alone }) => alone);
  const others = alone.every(({ limitSource }) => limitSource === "live")
    ? "counts only in whether they can be deployed now"
    : "is not known";
  const counting = `Templates that no budget lists are counted alone: what other stacks of the account reserve ${others}.`;
  return [...sharedAccounts(pools), ...(alone.length === 0 ? [] : [counting])];
}

/** Several budgets may speak of one account and Region. Nobody knows whether they mean different functions, so they are not added up silently. */
function sharedAccounts(pools: readonly PoolSummary[]): readonly string[] {
  const byAccount = new Map<string, PoolSummary[]>();
  for (const pool of pools) {
    if (pool.account === null || pool.region === null) continue;
    const where = `account ${pool.account} in ${pool.region}`;
    byAccount.set(where, [...(byAccount.get(where) ?? []), pool]);
  }
  return [...byAccount].flatMap(([where, same]) => {
    if (same.length < 2) return [];
    const total = same.reduce((sum, { bounds }) => sum + bounds.min, 0);
    const all = list(
      same.map(({ name }) => name),
      same.length,
    );
    return [
      `Pools ${all} share ${where}, and each is counted alone: together they claim ${atLeast(same)}${num(total)}.`,
    ];
  });
}

function atLeast(pools: readonly PoolSummary[]): string {
  return pools.every(({ claimed }) => typeof claimed === "number") ? "" : "at least ";
}

function bar({ limit, floor, bounds }: PoolSummary): string {
  return typeof limit === "number" ? poolBar(limit, floor, bounds) : "";
}
