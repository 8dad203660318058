import { DescribeScalableTargetsCommand, type ScalableTarget } from "@aws-sdk/client-application-auto-scaling";
import { type EventSourceMappingConfiguration, ListEventSourceMappingsCommand } from "@aws-sdk/client-lambda";
import { createSemaphore } from "../semaphore.ts";
import type { Session } from "../session.ts";
import { callAws, callLambda } from "./callAws.ts";
import { allPages } from "./pages.ts";

const MOST_TARGETS = 50;
const MOST_MAPPINGS = 100;

/** Lists of a whole account from which the details of each function are taken. Both throw an `AccountError`. */
export interface AccountLists {
  /** The scalable targets of provisioned concurrency, 50 in a page. */
  targets(signal?: AbortSignal): Promise<readonly ScalableTarget[]>;
  /**
   * All event source mappings, 100 in a page. They are not asked for by function: no source says whether Lambda then gives
   * those of its aliases.
   */
  mappings(signal?: AbortSignal): Promise<readonly EventSourceMappingConfiguration[]>;
}

/** Lists that are read again when they are older than `maxAgeMs` (default: each time). One reading serves all who wait for it. */
export function createAccountLists(
  session: Session,
  { maxAgeMs = 0, now = Date.now }: { readonly maxAgeMs?: number; readonly now?: () => number } = {},
): AccountLists {
  return {
    targets: kept(async (signal) => await listTargets(session, signal), maxAgeMs, now),
    mappings: kept(async (signal) => await listMappings(session, signal), maxAgeMs, now),
  };
}

function kept<T>(read: (signal?: AbortSignal) => Promise<T>, maxAgeMs: number, now: () => number) {
  const semaphore = createSemaphore(1);
  let last: { readonly at: number; readonly value: T } | undefined;
  return async (signal?: AbortSignal): Promise<T> => {
    if (maxAgeMs <= 0) return await read(signal);
    // Whoever comes second finds what the first has read; when the first gave up, it reads itself.
    const leave = await semaphore.acquire(signal);
    try {
      if (last === undefined || now() - last.at > maxAgeMs) {
        const at = now();
        last = { at, value: await read(signal) };
      }
      return last.value;
    } finally {
      leave();
    }
  };
}

async function listTargets(session: Session, signal: AbortSignal | undefined): Promise<readonly ScalableTarget[]> {
  const action = "application-autoscaling:DescribeScalableTargets";
  return await allPages(
    action,
    async (marker) => {
      const command = new DescribeScalableTargetsCommand({
        ServiceNamespace: "lambda",
        ScalableDimension: "lambda:function:ProvisionedConcurrency",
        MaxResults: MOST_TARGETS,
        ...(marker === undefined ? {} : { NextToken: marker }),
      });
      const answer = await callAws(action, (sending) => session.autoScaling.send(command, sending), signal);
      return { items: answer.ScalableTargets, next: answer.NextToken };
    },
    ({ ResourceId }) => ResourceId,
  );
}

async function listMappings(
  session: Session,
  signal: AbortSignal | undefined,
): Promise<readonly EventSourceMappingConfiguration[]> {
  const operation = "ListEventSourceMappings";
  return await allPages(
    `lambda:${operation}`,
    async (marker) => {
      const command = new ListEventSourceMappingsCommand({
        MaxItems: MOST_MAPPINGS,
        ...(marker === undefined ? {} : { Marker: marker }),
      });
      const answer = await callLambda(session, operation, (sending) => session.lambda.send(command, sending), signal);
      return { items: answer.EventSourceMappings, next: answer.NextMarker };
    },
    ({ UUID }) => UUID,
  );
}
