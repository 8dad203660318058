import type { KilledState, KillRecord, LiveScalingTarget } from "#core";
import type { Conflict } from "./conflicts.ts";
import type { FreshFunction } from "./readKillFacts.ts";

/**
 * A record that leaves alone what somebody changed since. What the kill itself switched off comes back all the same: a mapping is
 * enabled with the bound that it has now, and scaling that the kill suspended goes on within the limits that it has now.
 */
export function withoutConflicts(record: KillRecord, conflicts: readonly Conflict[], fresh: FreshFunction): KillRecord {
  const { live, details } = fresh;
  const taken = new Set(conflicts.map(({ field }) => field));
  const isThere = (uuid: string) => details.mappings.some((mapping) => mapping.uuid === uuid);
  const { provisioned, mappings, targets, reserved } = record.before;
  return {
    ...record,
    before: {
      reserved: taken.has("reserved") ? live.reserved : reserved,
      provisioned: provisioned.filter(({ qualifier }) => !taken.has(`provisioned:${qualifier}`)),
      mappings: mappings.filter(({ uuid }) => !taken.has(`mapping:${uuid}`) || isThere(uuid)),
      targets: targets.flatMap((target) => {
        if (!taken.has(`target:${target.qualifier}`)) return target;
        const now = details.targets.find(({ qualifier }) => qualifier === target.qualifier);
        return now === undefined ? [] : { ...now, suspended: stillSuspended(target.suspended, now.suspended) };
      }),
    },
  };
}

/** What was suspended before the kill and is so now. */
function stillSuspended(was: Suspension, is: Suspension): Suspension {
  return { in: was.in && is.in, out: was.out && is.out, scheduled: was.scheduled && is.scheduled };
}

type Suspension = LiveScalingTarget["suspended"];

/** A state without some provisioned concurrency, targets and mappings, named as in `StepResult`. */
export function withoutFields(state: KilledState, fields: ReadonlySet<string>): KilledState {
  return {
    reserved: state.reserved,
    provisioned: state.provisioned.filter(({ qualifier }) => !fields.has(`provisioned:${qualifier}`)),
    targets: state.targets.filter(({ qualifier }) => !fields.has(`target:${qualifier}`)),
    mappings: state.mappings.filter(({ uuid }) => !fields.has(`mapping:${uuid}`)),
  };
}
