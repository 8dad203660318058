import type { Verdict } from "#core";
import type { PoolSummary } from "../report.ts";
import { poolBar } from "./bar.ts";
import type { Paint, Style } from "./colours.ts";
import { counted, numberText, valueText } from "./summary.ts";
import { alignColumns, printable } from "./terminal.ts";

const verdicts: Readonly<Record<Verdict, { readonly text: string; readonly style: Style }>> = {
  fits: { text: "fits", style: "green" },
  over: { text: "does not fit", style: "red" },
  depends: { text: "depends on what is unknown", style: "yellow" },
};

/** Of more pools than this, those that fit are only counted. */
const MANY = 20;

/** The pools as a table with one bar each: claimed, possibly claimed, free; `|` marks where the floor begins. */
export function poolTable(pools: readonly PoolSummary[], paint: Paint): string[] {
  const listed = pools.length > MANY ? pools.filter(({ verdict }) => verdict !== "fits") : pools;
  const fitting = pools.length - listed.length;
  return [
    ...(listed.length === 0 ? [] : table(listed, paint)),
    ...(fitting === 0 ? [] : [`${counted(fitting, "pool")} fit${fitting === 1 ? "s" : ""}.`]),
    ...assumptions(pools).map((sentence) => paint("dim", printable(sentence))),
  ];
}

function table(pools: readonly PoolSummary[], paint: Paint): string[] {
  const head = ["POOL", "CLAIMED", "LIMIT", "FLOOR", "UNRESERVED", ""];
  const rows = pools.map((pool) => [
    printable(pool.name),
    valueText(pool.claimed),
    `${valueText(pool.limit)} ${pool.limitSource}`,
    `${numberText(pool.floor)} ${pool.floorSource}`,
    valueText(pool.unreserved),
    bar(pool),
  ]);
  const [header = "", ...lines] = alignColumns([head, ...rows], new Set([1, 2, 3, 4]));
  return [
    paint("dim", header),
    ...lines.map((line, i) => {
      const { text, style } = verdicts[pools[i]?.verdict ?? "depends"];
      return `${line}  ${paint(style, text)}`;
    }),
  ];
}

/** What the verdicts rest on; of many pools the columns say which numbers are assumed. */
function assumptions(pools: readonly PoolSummary[]): readonly string[] {
  if (pools.length === 1) return pools[0]?.assumptions ?? [];
  if (!pools.some(({ alone }) => alone)) return [];
  return ["Templates that no budget lists are counted alone: what other stacks of the account reserve is not known."];
}

function bar({ limit, floor, bounds }: PoolSummary): string {
  return typeof limit === "number" ? poolBar(limit, floor, bounds) : "";
}
