import type { KilledState, KillRecord, LiveMapping } from "#core";
import { isKilledTo, isSuspended } from "./killedAs.ts";
import type { FreshFunction } from "./readKillFacts.ts";

/** What a kill of this function would change, as it is now. Queues come first: their messages must not age. */
export function stateToKill(
  { live, details }: FreshFunction,
  mappings: readonly (LiveMapping & { readonly disable: boolean })[],
): KilledState {
  const disabled = mappings.filter(({ disable }) => disable);
  const queuesFirst = [...disabled].sort((a, b) => Number(b.kind === "sqs") - Number(a.kind === "sqs"));
  return {
    reserved: live.reserved,
    provisioned: details.provisioned.map(({ qualifier, requested }) => ({ qualifier, requested })),
    targets: details.targets.filter((target) => !isSuspended(target)),
    mappings: queuesFirst.map(({ uuid, maximumConcurrency }) => ({
      uuid,
      ...(maximumConcurrency === undefined ? {} : { maximumConcurrency }),
    })),
  };
}

/**
 * The state to record where an earlier kill is not closed: what that kill switched off and is still off must come back too, or it
 * would be lost with the earlier record. What cannot be read now counts as off.
 */
export function withOldState(state: KilledState, record: KillRecord, fresh: FreshFunction): KilledState {
  const { before } = record;
  const { details, live } = fresh;
  const unread = new Set(details.problems.map(({ action }) => action));
  const isOff = (uuid: string) =>
    unread.has("lambda:ListEventSourceMappings") ||
    details.mappings.some((mapping) => mapping.uuid === uuid && !mapping.enabled);
  const isSuspendedNow = (qualifier: string) =>
    unread.has("application-autoscaling:DescribeScalableTargets") ||
    details.targets.some((target) => target.qualifier === qualifier && isSuspended(target));
  const has = (qualifier: string) => details.provisioned.some((config) => config.qualifier === qualifier);
  return {
    reserved: isKilledTo(record, live.reserved) ? before.reserved : state.reserved,
    provisioned: [...state.provisioned, ...before.provisioned.filter(({ qualifier }) => !has(qualifier))],
    targets: [...state.targets, ...before.targets.filter(({ qualifier }) => isSuspendedNow(qualifier))],
    mappings: [...state.mappings, ...before.mappings.filter(({ uuid }) => isOff(uuid))],
  };
}
