import { isStatistic, type Point, points } from "../engine/metrics.ts";
import { ServiceError } from "../serviceError.ts";
import type { Operations } from "../services/service.ts";
import { type Call, list, members, type Reply, text, whole } from "../wire/call.ts";
import { page } from "../wire/paging.ts";
import { arithmetic } from "./arithmetic.ts";
import { type Graph, searched, selected, type Window } from "./searches.ts";

const MOST_QUERIES = 500;
const MOST_POINTS = 100_800;
const DEFAULT_PERIOD = 60;
const MINUTE = 60_000;

/** CloudWatch: the metrics of Lambda. */
export const cloudWatch: Operations = { GetMetricData: getMetricData };

interface Query {
  readonly id: string;
  readonly label: string | undefined;
  readonly expression: string | undefined;
  readonly period: number;
  readonly returned: boolean;
  readonly stat: Readonly<Record<string, unknown>>;
}

function getMetricData(call: Call): Reply {
  const queries = list(call.input.MetricDataQueries).map((given) => readQuery(members(given)));
  if (queries.length === 0) throw missing("MetricDataQueries");
  if (queries.length > MOST_QUERIES)
    throw invalid(`The collection MetricDataQueries must not have a size greater than ${MOST_QUERIES}.`);
  const ids = new Set(queries.map(({ id }) => id));
  if (ids.size < queries.length) throw invalid("The values for parameter id in MetricDataQueries are not unique.");
  const shift = Math.floor(call.region.clock.ahead() / MINUTE) * MINUTE;
  const graphs = evaluate(call, queries, shift);
  const ascending = call.input.ScanBy === "TimestampAscending";
  const results = queries.flatMap((query) =>
    query.returned ? (graphs.get(query.id) ?? []).map((graph) => describe(query, graph, ascending, shift)) : [],
  );
  const longest = Math.max(1, ...results.map(({ Values }) => Values.length));
  const size = Math.max(1, Math.floor((whole(call.input.MaxDatapoints) ?? MOST_POINTS) / longest));
  const { items, next } = page(results, text(call.input.NextToken), size, call.emptyPage);
  return { body: { MetricDataResults: items, Messages: [], ...(next === undefined ? {} : { NextToken: next }) } };
}

/**
 * Time may run faster here than for the client. Its window is moved by `shift` milliseconds, and the answer back again, so that
 * the last hour is always the last hour of the demo account.
 */
function evaluate(call: Call, queries: readonly Query[], shift: number): ReadonlyMap<string, readonly Graph[]> {
  const start = time(call.input.StartTime);
  const end = time(call.input.EndTime);
  if (start === undefined) throw missing("StartTime");
  if (end === undefined) throw missing("EndTime");
  if (start >= end) throw invalid("The parameter StartTime must be less than the parameter EndTime.");
  const graphs = new Map<string, readonly Graph[]>();
  const later: Query[] = [];
  for (const query of queries) {
    const window: Window = { start: start + shift, end: end + shift, period: query.period };
    const { expression } = query;
    if (expression === undefined) graphs.set(query.id, [measured(call, query, window)]);
    else if (/^\s*SEARCH\s*\(/i.test(expression))
      graphs.set(query.id, searched(call.region.metrics, expression, window));
    else if (/^\s*SELECT\s/i.test(expression)) graphs.set(query.id, selected(call.region.metrics, expression, window));
    else later.push(query);
  }
  for (const query of later) {
    const values = arithmetic(query.expression ?? "", graphs, call.region.state.limit);
    graphs.set(query.id, [{ label: query.label ?? query.id, points: values }]);
  }
  return graphs;
}

function measured(call: Call, { stat }: Query, { start, end, period }: Window): Graph {
  const metric = members(stat.Metric);
  const name = String(metric.MetricName ?? "");
  const statistic = String(stat.Stat ?? "");
  if (!isStatistic(statistic)) throw invalid(`The value ${statistic} for parameter Stat is not supported.`);
  const pairs = list(metric.Dimensions).map((dimension) => {
    const { Name, Value } = members(dimension);
    return [String(Name), String(Value)] as const;
  });
  const found =
    metric.Namespace === "AWS/Lambda" ? call.region.metrics.find(name, Object.fromEntries(pairs)) : undefined;
  return { label: name, points: found ? points(found, statistic, period, start, end) : [] };
}

function readQuery(given: Readonly<Record<string, unknown>>): Query {
  const id = text(given.Id) ?? "";
  if (!/^[a-z][A-Za-z0-9_]*$/.test(id))
    throw invalid(`The value ${id} for parameter MetricDataQueries.member.Id must start with a lowercase letter.`);
  const expression = text(given.Expression);
  const stat = members(given.MetricStat);
  if (expression === undefined && given.MetricStat === undefined) throw missing("MetricDataQueries.member.MetricStat");
  const period = whole(stat.Period) ?? whole(given.Period) ?? DEFAULT_PERIOD;
  if (period < 60 || period % 60 !== 0)
    throw invalid("Period must be a multiple of 60 for the metrics of this account.");
  const returned = given.ReturnData !== false && given.ReturnData !== "false";
  return { id, label: text(given.Label), expression, period, returned, stat };
}

function describe({ id, label }: Query, graph: Graph, ascending: boolean, shift: number) {
  const sorted: readonly Point[] = ascending ? graph.points : [...graph.points].reverse();
  return {
    Id: id,
    Label: label ?? graph.label,
    Timestamps: sorted.map(([at]) => new Date(at - shift)),
    Values: sorted.map(([, value]) => value),
    StatusCode: "Complete",
  };
}

/** A time as the protocols send it: seconds, a text, or a date. */
function time(value: unknown): number | undefined {
  if (value instanceof Date) return value.getTime();
  if (typeof value === "number") return value * 1000;
  const parsed = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(parsed) ? undefined : parsed;
}

function invalid(message: string): ServiceError {
  return new ServiceError("InvalidParameterValueException", 400, message);
}

function missing(name: string): ServiceError {
  return new ServiceError("MissingRequiredParameterException", 400, `The parameter ${name} is required.`);
}
