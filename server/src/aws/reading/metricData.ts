import { GetMetricDataCommand, type MetricDataQuery, type MetricDataResult } from "@aws-sdk/client-cloudwatch";
import type { ReadingProblem } from "#core";
import type { Session } from "../session.ts";
import { callAws } from "./callAws.ts";
import { pages } from "./pages.ts";
import type { UsageWindow } from "./usageWindow.ts";

const ACTION = "cloudwatch:GetMetricData";
const MOST_QUERIES = 500;

/** A metric of Lambda to read. */
export interface MetricQuery {
  /** Letters, digits and `_`; begins with a small letter. */
  readonly id: string;
  readonly metric: string;
  readonly statistic: "Maximum" | "Sum";
  /** Seconds. */
  readonly period: number;
  /** Absent: of the whole account and Region. */
  readonly functionName?: string;
}

/** A value of a period that began at `at` (milliseconds since 1970). */
export interface MetricPoint {
  readonly at: number;
  readonly value: number;
}

/** What CloudWatch said. */
export interface MetricData {
  /** By id, oldest first; without the ids whose data are not complete. */
  readonly points: ReadonlyMap<string, readonly MetricPoint[]>;
  readonly problems: readonly ReadingProblem[];
}

/** Reads metrics, 500 in a call and as many calls as CloudWatch wants. Each query is billed once ($0.01 per 1,000). Throws an `AccountError`. */
export async function readMetricData(
  session: Session,
  queries: readonly MetricQuery[],
  { start, end }: Pick<UsageWindow, "start" | "end">,
  signal: AbortSignal | undefined,
): Promise<MetricData> {
  const series = new Map<string, Series>();
  for (let first = 0; first < queries.length; first += MOST_QUERIES) {
    const batch = queries.slice(first, first + MOST_QUERIES).map(wireForm);
    const page = async (marker: string | undefined) => {
      const command = new GetMetricDataCommand({
        MetricDataQueries: batch,
        StartTime: new Date(start),
        EndTime: new Date(end),
        ScanBy: "TimestampAscending",
        ...(marker === undefined ? {} : { NextToken: marker }),
      });
      const answer = await callAws(ACTION, (sending) => session.cloudWatch.send(command, sending), signal);
      return { items: answer.MetricDataResults ?? [], next: answer.NextToken };
    };
    // A series may come in pieces.
    for await (const results of pages(ACTION, page, undefined)) for (const result of results) add(series, result);
  }
  const points = new Map<string, readonly MetricPoint[]>();
  const statuses = new Set<string>();
  for (const { id } of queries) {
    const found = series.get(id);
    if (found?.status === "Complete")
      points.set(
        id,
        found.points.sort((a, b) => a.at - b.at),
      );
    else statuses.add(found?.status ?? "nothing");
  }
  return { points, problems: [...statuses].map(problemOf) };
}

interface Series {
  /** Of the last page that has this series. */
  status: string;
  readonly points: MetricPoint[];
}

/** A series may come in pieces, each but the last with the status PartialData. */
function add(
  series: Map<string, Series>,
  { Id = "", StatusCode, Timestamps = [], Values = [] }: MetricDataResult,
): void {
  const known = series.get(Id) ?? { status: "Complete", points: [] };
  series.set(Id, known);
  known.status = StatusCode ?? "Complete";
  for (const [index, time] of Timestamps.entries()) {
    const value = Values[index];
    if (value !== undefined) known.points.push({ at: time.getTime(), value });
  }
}

function wireForm({ id, metric, statistic, period, functionName }: MetricQuery): MetricDataQuery {
  const dimensions = functionName === undefined ? [] : [{ Name: "FunctionName", Value: functionName }];
  return {
    Id: id,
    MetricStat: {
      Metric: { Namespace: "AWS/Lambda", MetricName: metric, Dimensions: dimensions },
      Period: period,
      Stat: statistic,
    },
  };
}

const meanings: Readonly<Record<string, string>> = {
  Forbidden: "CloudWatch may not show some of the metrics to this identity; they are left out.",
  PartialData: "CloudWatch gave only a part of some metrics; they are left out. Try again in a few minutes.",
};

function problemOf(status: string): ReadingProblem {
  const message =
    meanings[status] ??
    "CloudWatch could not compute some of the metrics; they are left out. Try again in a few minutes.";
  return { action: ACTION, message };
}
