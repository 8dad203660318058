import type { KilledState, KillRecord } from "#core";
import type { FreshFunction } from "./readKillFacts.ts";
import { isSuspended } from "./stateToKill.ts";

/** Something that is neither as the kill left it nor as it was before: somebody changed it since. */
export interface Conflict {
  /** As in `StepResult`; `provisioned:live` also when the kill knew none there. */
  readonly field: string;
  /** A sentence. */
  readonly message: string;
}

/** What a restore would overwrite, or cannot put back because it is gone. */
export function findConflicts(record: KillRecord, { live, details }: FreshFunction): readonly Conflict[] {
  const { name, before, killedTo } = record;
  const found: Conflict[] = [];
  if (!isKilledTo(record, live.reserved) && live.reserved !== before.reserved)
    found.push({
      field: "reserved",
      message: `The reservation of ${name} is ${live.reserved ?? "none"}: the kill set it to ${killedTo}, and before it was ${before.reserved ?? "none"}.`,
    });
  for (const { qualifier, requested } of details.provisioned) {
    const was = before.provisioned.find((config) => config.qualifier === qualifier);
    if (was?.requested !== requested)
      found.push({
        field: `provisioned:${qualifier}`,
        message: `${name}:${qualifier} has provisioned concurrency ${requested}; before the kill it had ${was?.requested ?? "none"}.`,
      });
  }
  for (const { uuid } of before.mappings)
    if (known("lambda:ListEventSourceMappings", details) && !details.mappings.some((mapping) => mapping.uuid === uuid))
      found.push({ field: `mapping:${uuid}`, message: `The event source mapping ${uuid} of ${name} is gone.` });
  for (const target of before.targets) {
    if (!known("application-autoscaling:DescribeScalableTargets", details)) continue;
    const now = details.targets.find(({ qualifier }) => qualifier === target.qualifier);
    const field = `target:${target.qualifier}`;
    const range = `${target.minimum} to ${target.maximum}`;
    if (now === undefined)
      found.push({ field, message: `The scaling target of ${name}:${target.qualifier} (${range}) is gone.` });
    else if (now.minimum !== target.minimum || now.maximum !== target.maximum)
      found.push({
        field,
        message: `The scaling target of ${name}:${target.qualifier} is ${now.minimum} to ${now.maximum}; before the kill it was ${range}.`,
      });
    else if (!isSuspended(now) && JSON.stringify(flags(now)) !== JSON.stringify(flags(target)))
      found.push({ field, message: `Somebody resumed parts of the scaling of ${name}:${target.qualifier}.` });
  }
  return found;
}

/** Is this reservation what the kill has set? */
export function isKilledTo({ killedTo, leftOne }: KillRecord, reserved: number | null): boolean {
  return reserved === killedTo || (leftOne === true && reserved === 1);
}

/** A record without the fields that somebody changed: those stay as they are. */
export function withoutConflicts(record: KillRecord, conflicts: readonly Conflict[], fresh: FreshFunction): KillRecord {
  const taken = new Set(conflicts.map(({ field }) => field));
  const before = withoutFields(record.before, taken);
  return { ...record, before: taken.has("reserved") ? { ...before, reserved: fresh.live.reserved } : before };
}

/** A state without some provisioned concurrency, targets and mappings, named as in `StepResult`. */
export function withoutFields(state: KilledState, fields: ReadonlySet<string>): KilledState {
  return {
    reserved: state.reserved,
    provisioned: state.provisioned.filter(({ qualifier }) => !fields.has(`provisioned:${qualifier}`)),
    targets: state.targets.filter(({ qualifier }) => !fields.has(`target:${qualifier}`)),
    mappings: state.mappings.filter(({ uuid }) => !fields.has(`mapping:${uuid}`)),
  };
}

function known(action: string, { problems }: FreshFunction["details"]): boolean {
  return !problems.some((problem) => problem.action === action);
}

function flags({ suspended }: KillRecord["before"]["targets"][number]): readonly boolean[] {
  return [suspended.in, suspended.out, suspended.scheduled];
}
