import { isStatistic, type Metrics, type Point, points, type Series } from "../engine/metrics.ts";
import { ServiceError } from "../serviceError.ts";

/** Points with their name. */
export interface Graph {
  readonly label: string;
  readonly points: readonly Point[];
}

/** What is asked for: milliseconds since 1970, and the period in seconds. */
export interface Window {
  readonly start: number;
  readonly end: number;
  readonly period: number;
}

const MOST_SERIES = 500;
const aggregates: Readonly<Record<string, string>> = {
  AVG: "Average",
  COUNT: "SampleCount",
  MAX: "Maximum",
  MIN: "Minimum",
  SUM: "Sum",
};

/** `SEARCH('{AWS/Lambda,FunctionName} MetricName="…"', 'Maximum', 3600)`: all series with exactly these dimensions. */
export function searched(
  metrics: Metrics,
  expression: string,
  { start, end, period: given }: Window,
): readonly Graph[] {
  const [opening = "", quote = ""] = /^\s*SEARCH\s*\(\s*(['"])/i.exec(expression) ?? [];
  const close = quote === "" ? -1 : expression.indexOf(quote, opening.length);
  const search = expression.slice(opening.length, close);
  const more = /^.\s*,\s*['"]([^'"]+)['"]\s*(?:,\s*(\d+)\s*)?\)\s*$/.exec(close < 0 ? "" : expression.slice(close));
  const [, statistic = "", seconds] = more ?? [];
  const schema = /^\s*\{\s*"?AWS\/Lambda"?\s*((?:,\s*\w+\s*)*)\}([\s\S]*)$/i.exec(search);
  const wanted = /MetricName\s*=\s*['"]?([\w]+)['"]?/i.exec(schema?.[2] ?? "")?.[1];
  const period = seconds === undefined ? given : Number(seconds);
  if (schema === null || wanted === undefined || !isStatistic(statistic) || period < 60 || period % 60 !== 0)
    throw unreadable(expression);
  const dimensions = names(schema[1] ?? "");
  return withDimensions(metrics, wanted, dimensions)
    .map((series) => ({ label: labelOf(series), points: points(series, statistic, period, start, end) }))
    .filter((graph) => graph.points.length > 0)
    .slice(0, MOST_SERIES);
}

/** `SELECT MAX(…) FROM SCHEMA("AWS/Lambda", FunctionName) GROUP BY FunctionName ORDER BY MAX() DESC LIMIT 20` */
export function selected(metrics: Metrics, expression: string, { start, end, period }: Window): readonly Graph[] {
  const query =
    /^\s*SELECT\s+(AVG|COUNT|MAX|MIN|SUM)\s*\(\s*"?(\w+)"?\s*\)\s+FROM\s+SCHEMA\s*\(\s*['"]AWS\/Lambda['"]\s*((?:,\s*\w+\s*)*)\)\s+GROUP\s+BY\s+(\w+)(?:\s+ORDER\s+BY\s+(\w+)\s*\(\s*\)(?:\s*(ASC|DESC))?)?(?:\s+LIMIT\s+(\d+))?\s*$/i.exec(
      expression,
    );
  const [, aggregate = "", metric = "", schema = "", group = "", order, direction = "ASC", limit] = query ?? [];
  const statistic = aggregates[aggregate.toUpperCase()];
  const ordering = order === undefined ? undefined : aggregates[order.toUpperCase()];
  if (statistic === undefined || !names(schema).includes(group) || (order !== undefined && ordering === undefined))
    throw unreadable(expression);
  const found = withDimensions(metrics, metric, names(schema))
    .map((series) => ({
      label: series.dimensions[group] ?? "",
      points: points(series, statistic, period, start, end),
      rank: rank(series, ordering ?? statistic, start, end),
    }))
    .filter((graph) => graph.points.length > 0);
  if (ordering !== undefined)
    found.sort((a, b) => (direction.toUpperCase() === "DESC" ? b.rank - a.rank : a.rank - b.rank));
  return found.slice(0, Math.min(Number(limit ?? MOST_SERIES), MOST_SERIES));
}

function rank(series: Series, statistic: string, start: number, end: number): number {
  const values = points(series, statistic, 60, start, end).map(([, value]) => value);
  return values.length === 0 ? Number.NEGATIVE_INFINITY : Math.max(...values);
}

function withDimensions(metrics: Metrics, metric: string, dimensions: readonly string[]): readonly Series[] {
  const key = [...dimensions].sort().join();
  return [...metrics.series.values()].filter(
    (series) => series.metric === metric && Object.keys(series.dimensions).sort().join() === key,
  );
}

function names(text: string): readonly string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function labelOf({ metric, dimensions }: Series): string {
  return Object.values(dimensions).join(" ") || metric;
}

function unreadable(expression: string): ServiceError {
  const message = `Error in expression: the demo account cannot read "${expression}".`;
  return new ServiceError("ValidationError", 400, message);
}
