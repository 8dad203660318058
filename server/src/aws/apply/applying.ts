import type { RetryPolicy } from "../change/retryPolicy.ts";
import type { Session } from "../session.ts";
import type { ApplyJournal } from "../state/applyJournal.ts";
import type { ApplyRecord } from "../state/applyRecord.ts";
import type { Audit } from "../state/audit.ts";
import type { ApplyProgress, ApplyReport, StepReport } from "./applyReport.ts";

/** How an apply goes about it. */
export interface ApplyOptions {
  /** State folder. */
  readonly folder: string;
  /** Ends it between two steps. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ApplyProgress) => void;
  /** Keeps a floor that Lambda named. */
  readonly learnedFloors?: { learn(key: string, floor: number): Promise<void> };
  readonly retryPolicy?: RetryPolicy;
  /** Milliseconds since 1970. Default: the clock. */
  readonly now?: () => number;
}

/** What running steps needs. */
export interface Applying {
  readonly session: Session;
  readonly journal: ApplyJournal;
  readonly audit: Audit;
  readonly options: ApplyOptions;
  /** Sentences for the report. */
  readonly notes: string[];
}

/** Why it ended before the last step. */
export type Stop = Pick<ApplyReport, "result" | "message" | "floor">;

/** How far it came. */
export interface Run {
  readonly record: ApplyRecord;
  readonly reports: readonly StepReport[];
  readonly stop?: Stop;
}
