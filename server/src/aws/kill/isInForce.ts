import type { KillRecord } from "#core";
import { isKilledTo, isSuspended } from "./killedAs.ts";
import type { FreshFunction } from "./readKillFacts.ts";

/**
 * Is anything still off of what this kill switched off? If not, its tags were left behind by somebody who restored the
 * function and could not remove them, or are read late. What cannot be read counts as off.
 */
export function isInForce(record: KillRecord, { live, details }: FreshFunction): boolean {
  const { reserved, provisioned, targets, mappings } = record.before;
  const unread = new Set(details.problems.map(({ action }) => action));
  const has = (qualifier: string) => details.provisioned.some((config) => config.qualifier === qualifier);
  const isOff = (uuid: string) => details.mappings.some((mapping) => mapping.uuid === uuid && !mapping.enabled);
  const suspended = details.targets.filter(isSuspended).map(({ qualifier }) => qualifier);
  return (
    (live.reserved !== reserved && isKilledTo(record, live.reserved)) ||
    part(provisioned, unread.has("lambda:ListProvisionedConcurrencyConfigs"), ({ qualifier }) => !has(qualifier)) ||
    part(mappings, unread.has("lambda:ListEventSourceMappings"), ({ uuid }) => isOff(uuid)) ||
    part(targets, unread.has("application-autoscaling:DescribeScalableTargets"), ({ qualifier }) =>
      suspended.includes(qualifier),
    )
  );
}

function part<T>(items: readonly T[], isUnread: boolean, isOff: (item: T) => boolean): boolean {
  return isUnread ? items.length > 0 : items.some(isOff);
}
