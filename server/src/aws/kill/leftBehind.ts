import { type KillRecord, mappingName, num, qualifierText, valueText } from "#core";
import { AccountError } from "../accountError.ts";
import type { Session } from "../session.ts";
import { isKilledTo, isSuspended } from "./killedAs.ts";
import { type FreshFunction, readKillFacts } from "./readKillFacts.ts";

/** Something that a kill switched off and that stays off when the kill is closed without a restore. */
export interface LeftBehind {
  readonly name: string;
  /** As in `StepResult`. */
  readonly field: string;
  /** A sentence. */
  readonly message: string;
  /** The command that takes it back. */
  readonly undo: string;
}

/**
 * Reads what forgetting these kills would leave off. Of functions that are gone or cannot be read nothing is said.
 * Throws an `AccountError` when it is cancelled.
 */
export async function readLeftBehind(
  session: Session,
  records: readonly KillRecord[],
  signal?: AbortSignal,
): Promise<readonly LeftBehind[]> {
  const names = records.map(({ name }) => name);
  const facts = await readKillFacts(session, names, signal === undefined ? {} : { signal });
  return records.flatMap((record) => {
    const fresh = facts.get(record.name);
    return fresh === undefined || fresh instanceof AccountError ? [] : leftBehind(record, fresh);
  });
}

/** What is still off of what a kill switched off. */
export function leftBehind(record: KillRecord, { live, details }: FreshFunction): readonly LeftBehind[] {
  const { name, before, killedTo } = record;
  const left = (field: string, message: string, undo: string): LeftBehind => ({ name, field, message, undo });
  const reserved =
    live.reserved === before.reserved || !isKilledTo(record, live.reserved)
      ? []
      : [
          left(
            "reserved",
            `The reservation of ${name} stays ${num(live.reserved ?? killedTo)}; before the kill it was ${valueText(before.reserved)}.`,
            `lambda-concurrency set ${name} ${before.reserved ?? "none"}`,
          ),
        ];
  const provisioned = before.provisioned
    .filter(({ qualifier }) => !details.provisioned.some((config) => config.qualifier === qualifier))
    .map(({ qualifier, requested }) =>
      left(
        `provisioned:${qualifier}`,
        `Provisioned concurrency ${num(requested)} of ${name}, ${qualifierText(qualifier)}, stays deleted.`,
        `aws lambda put-provisioned-concurrency-config --function-name ${name} --qualifier ${qualifier} --provisioned-concurrent-executions ${requested}`,
      ),
    );
  const mappings = before.mappings.flatMap(({ uuid }) => {
    const now = details.mappings.find((mapping) => mapping.uuid === uuid);
    if (now === undefined || now.enabled) return [];
    const undo = `aws lambda update-event-source-mapping --uuid ${uuid} --enabled`;
    return left(`mapping:${uuid}`, `${mappingName(now)} of ${name} stays disabled.`, undo);
  });
  const targets = before.targets.flatMap(({ qualifier, suspended }) => {
    if (!details.targets.some((target) => target.qualifier === qualifier && isSuspended(target))) return [];
    const state = `DynamicScalingInSuspended=${suspended.in},DynamicScalingOutSuspended=${suspended.out},ScheduledScalingSuspended=${suspended.scheduled}`;
    const undo = `aws application-autoscaling register-scalable-target --service-namespace lambda --scalable-dimension lambda:function:ProvisionedConcurrency --resource-id function:${name}:${qualifier} --suspended-state ${state}`;
    return left(`target:${qualifier}`, `Auto scaling of ${name}, ${qualifierText(qualifier)}, stays suspended.`, undo);
  });
  return [...reserved, ...provisioned, ...mappings, ...targets];
}
