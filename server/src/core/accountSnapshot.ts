import type { Architecture, Value } from "./model.ts";

/** Which account, Region and endpoint facts come from, and who asked. Facts of one identity are never shown under another. */
export interface AccountIdentity {
  /** 12 digits, as STS GetCallerIdentity says. */
  readonly account: string;
  /** IAM account alias, when there is one and it may be read. */
  readonly alias?: string;
  /** ARN of the caller. */
  readonly arn: string;
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string;
  readonly region: string;
  /** Profile of the shared config files; absent when environment variables or the machine provide the credentials. */
  readonly profile?: string;
  /** The endpoint when it is not that of AWS (demo account, LocalStack), without user name and password. */
  readonly endpoint?: string;
}

/** What was read of one account and Region: plain data, safe to send, store and print. Holds no secret. */
export interface AccountSnapshot {
  readonly version: 1;
  readonly identity: AccountIdentity;
  /** When the totals were read; ISO 8601. */
  readonly readAt: string;
  /** `AccountLimit.ConcurrentExecutions`; absent where GetAccountSettings is denied or not offered. */
  readonly limit?: number;
  /** `AccountLimit.UnreservedConcurrentExecutions`: what is left of the limit; absent where `limit` is. */
  readonly unreserved?: number;
  /** `AccountUsage.FunctionCount`: published versions do not count; how many are listed where that is not known. */
  readonly functionCount: number;
  /** What Lambda insisted on leaving unreserved when it last refused a change here; absent when it never did. */
  readonly learnedFloor?: number;
  readonly reading: ReadingState;
  /** In the order of their names. Until `reading.state` is `complete` there may be more, and reservations not read yet. */
  readonly functions: readonly LiveFunction[];
  /** Use of the whole account; absent when it was not read. */
  readonly usage?: AccountUsage;
  /** What could not be read and why; one per cause, not one per function. */
  readonly problems: readonly ReadingProblem[];
}

/** How far the reading has come. `partial`: it ended, but something could not be read (`problems`) or it was cancelled. */
export interface ReadingState {
  readonly state: "reading" | "complete" | "partial";
  /** Functions whose reservation is known. */
  readonly known: number;
  /** Functions listed so far; `functionCount` before the list is complete may be more. */
  readonly listed: number;
  /** Before it is complete: the reservations read come to all that the account has reserved. Only functions that are switched off may still come. */
  readonly accounted?: true;
}

/** Something that was not read. */
export interface ReadingProblem {
  /** The IAM action that is missing or the call that failed: `lambda:GetFunction`. */
  readonly action: string;
  /** A sentence that says what is missing and what to do. */
  readonly message: string;
}

/** One function of the account. */
export interface LiveFunction {
  readonly name: string;
  /** Unqualified. */
  readonly arn: string;
  /** The reservation; `null` none; unknown while it is not read or when it may not be read. */
  readonly reserved: Value;
  /** From the tags `aws:cloudformation:stack-name` and `aws:cloudformation:logical-id`; absent when not tagged or tags are not readable. */
  readonly stack?: { readonly name: string; readonly logicalId: string };
  /** Why it takes nothing from the pool (Managed Instances). */
  readonly outsidePool?: string;
  readonly runtime?: string;
  /** Seconds. */
  readonly timeout?: number;
  /** MB. */
  readonly memory?: number;
  readonly architecture?: Architecture;
  /** Tags of this product on it (`lambda-concurrency:…`); nothing else of its tags is kept. */
  readonly killTags?: Readonly<Record<string, string>>;
  /** What a restore will take beyond what it reserves now, by the record of its kill; absent where it is not killed. */
  readonly owed?: number;
  /** Read on demand: absent means nobody looked, not that there is none. */
  readonly details?: FunctionDetails;
  /** Read for what is visible; absent means nobody looked. */
  readonly usage?: Usage;
  /** When its reservation was read; ISO 8601. Absent while it is not. */
  readonly readAt?: string;
}

/** What hangs on a function. */
export interface FunctionDetails {
  readonly readAt: string;
  readonly provisioned: readonly LiveProvisioned[];
  readonly targets: readonly LiveScalingTarget[];
  readonly mappings: readonly LiveMapping[];
  /** ARN of the dead-letter queue or on-failure destination of asynchronous events, when there is one. */
  readonly deadLetter?: string;
  /** Parts that could not be read. */
  readonly problems: readonly ReadingProblem[];
}

/** Provisioned concurrency of a version or alias. */
export interface LiveProvisioned {
  readonly qualifier: string;
  readonly requested: number;
  readonly allocated: number;
  readonly status: "IN_PROGRESS" | "READY" | "FAILED";
  readonly statusReason?: string;
}

/** A scaling target (Application Auto Scaling) of provisioned concurrency. */
export interface LiveScalingTarget {
  /** Alias or version. */
  readonly qualifier: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly suspended: { readonly in: boolean; readonly out: boolean; readonly scheduled: boolean };
}

/** An event source mapping. */
export interface LiveMapping {
  readonly uuid: string;
  readonly source: string;
  readonly kind: "sqs" | "kinesis" | "dynamodb" | "kafka" | "mq" | "documentdb" | "other";
  /** As Lambda says: Enabled, Enabling, Disabled, Disabling, Creating, Updating, Deleting. */
  readonly state: string;
  /** What the state leads to. */
  readonly enabled: boolean;
  /** Alias or version it invokes; absent: unqualified. */
  readonly qualifier?: string;
  readonly batchSize?: number;
  readonly maximumConcurrency?: number;
  readonly parallelizationFactor?: number;
}

/** Use of one function over a window. No data is not 0: a function that was not invoked reports nothing. */
export interface Usage {
  readonly from: string;
  readonly until: string;
  /** Highest concurrency of each period, oldest first; periods without data are left out. */
  readonly concurrency: readonly { readonly time: string; readonly value: number }[];
  /** Highest concurrency in the window; absent: no data. */
  readonly maximum?: number;
  /** Highest concurrency in the last complete minutes; absent: no data. */
  readonly now?: number;
  /** Sums over the window; absent: no data. */
  readonly throttles?: number;
  readonly invocations?: number;
}

/** Use of the whole account and Region. */
export interface AccountUsage extends Usage {
  /** In use by functions without a reservation in the last complete minutes. */
  readonly unreservedNow?: number;
}

/** Why limit and unreserved of an account are not known. */
export const totalsUnknown = "GetAccountSettings is denied or not offered";

/** Same account, Region, partition and endpoint: the key of everything that is kept about an account. Profile and caller do not count. */
export function accountKey({ partition, account, region, endpoint }: AccountIdentity): string {
  return [partition, account, region, ...(endpoint === undefined ? [] : [endpoint])].join("/");
}
