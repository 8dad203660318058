import { liveWord, longValueText, num, plain, type Value, valueText } from "#core";
import type { PoolRow, PoolView } from "#protocol";
import { wantedOf } from "../pools/poolFacts.ts";
import type { NodeIcon, ViewNode } from "../tree/node.ts";

/** The command that a click on a place runs, with the place as its argument. */
export const openPlaceCommand = "lambdaConcurrency.openPlace";

/** Do budget, template and account disagree about it? */
export function differs({ difference }: PoolRow): boolean {
  return difference !== undefined;
}

/** The row of a function of a pool: what the account, the budget and the template say about it. */
export function rowNode(parent: string, pool: PoolView, row: PoolRow, titles: ReadonlyMap<PoolRow, string>): ViewNode {
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
export function titlesOf(rows: readonly PoolRow[]): ReadonlyMap<PoolRow, string> {
  const short = ({ name, key }: PoolRow) => name ?? key.split("/").at(-1) ?? key;
  const times = new Map<string, number>();
  for (const row of rows) times.set(short(row), (times.get(short(row)) ?? 0) + 1);
  return new Map(rows.map((row) => [row, times.get(short(row)) === 1 ? short(row) : row.key]));
}

/** `350` when all agree, `300 in AWS, 350 planned` when only the account differs, `40 of 60 granted`, else what each says. */
function describe(pool: PoolView, row: PoolRow): string {
  const { granted, declared, live } = row;
  const word = liveWord(pool);
  const wanted = wantedOf(pool, row);
  const shown = pool.live ? live : undefined;
  if (wanted !== undefined) {
    const text = row.off ? "off" : valueText(wanted);
    if (shown === undefined || shown === wanted) return text;
    if (shown === "missing") return `${text}, not deployed`;
    const decided = shown === null || typeof shown === "number";
    return decided ? `${valueText(shown)} ${word}, ${text} planned` : `${text} · ${word}: ${valueText(shown)}`;
  }
  const parts = shown === undefined ? [] : [`${word}: ${shown === "missing" ? "not deployed" : valueText(shown)}`];
  if (granted === null && declared === undefined) return [...parts, "not in the files"].join(", ");
  if (typeof declared === "number" && granted !== null && declared < granted) {
    const agrees = shown === declared;
    return [...(agrees ? [] : parts), `${num(declared)} of ${num(granted)} granted`].join(" · ");
  }
  return valuesOf(pool, row)
    .map(([word, value]) => `${word} ${value}`)
    .join(" · ");
}

/** What each side says, in a few characters; the account first, because it is what runs. */
function valuesOf(pool: PoolView, row: PoolRow): readonly (readonly [string, string])[] {
  return [
    ...(pool.live && row.live !== undefined
      ? [[liveWord(pool), row.live === "missing" ? "not deployed" : valueText(row.live)] as const]
      : []),
    ...(pool.budget === undefined
      ? []
      : [["granted", row.off ? "off" : row.granted === null ? "nothing" : num(row.granted)] as const]),
    ...(row.declared === undefined ? [] : [["declared", valueText(row.declared)] as const]),
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
    ["Granted", off ? "off" : granted === null ? "nothing: no entry of the budget stands for it" : num(granted)],
    ["Declared", declared === undefined ? "by no template" : longValueText(declared)],
    ["In AWS", liveText(pool, live)],
  ];
  return [
    `**${plain(name ?? key)}**`,
    ...(difference === undefined ? [] : [plain(difference)]),
    ["| | |", "|---|---|", ...facts.map(([word, value]) => `| ${word} | ${plain(value)} |`)].join("\n"),
    plain([...(name === undefined || name === key ? [] : [key]), `pool ${pool.name}`, ...placeOf(pool)].join(" · ")),
  ].join("\n\n");
}

function liveText(pool: PoolView, live: Value | "missing" | undefined): string {
  if (live === "missing") return "no such function in the account";
  if (live !== undefined) return longValueText(live);
  return pool.live ? "not read" : "not connected to its account";
}

/** Environment, account and Region of a pool, those that it names. */
export function placeOf({ account, region, environment }: PoolView): readonly string[] {
  return [environment, account, region].filter((part) => part !== undefined && part !== null);
}
