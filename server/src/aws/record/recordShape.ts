import type { KilledState, KillRecord, LiveScalingTarget } from "#core";
import { isCount } from "../invalidMember.ts";

/** The record in a value that was read from somewhere; undefined when it is not one, or of a later version. */
export function readRecord(value: unknown): KillRecord | undefined {
  if (!isObject(value) || value.version !== 1) return undefined;
  const { id, account, region, partition, name, arn, who, reason, at, until, killedTo, leftOne, before } = value;
  const texts = [id, account, region, partition, name, arn, who, reason, at];
  if (!texts.every((text) => typeof text === "string") || !/^[\w-]{16}$/.test(String(id))) return undefined;
  if (who === "" || arn !== `arn:${partition}:lambda:${region}:${account}:function:${name}`) return undefined;
  if (arn !== `arn:${partition}:lambda:${region}:${account}:function:${name}`) return undefined;
  if (!isTime(at) || (until !== undefined && !isTime(until))) return undefined;
  if ((killedTo !== 0 && killedTo !== 1) || !isKilledState(before)) return undefined;
  if (leftOne !== undefined && (leftOne !== true || killedTo === 1)) return undefined;
  return value as unknown as KillRecord;
}

function isKilledState(value: unknown): value is KilledState {
  if (!isObject(value)) return false;
  const { reserved, provisioned, targets, mappings } = value;
  return (
    (reserved === null || isCount(reserved)) &&
    isListOf(provisioned, (item) => isQualifier(item.qualifier) && isCount(item.requested)) &&
    isListOf(targets, isTarget) &&
    isListOf(
      mappings,
      (item) => isUuid(item.uuid) && (item.maximumConcurrency === undefined || isCount(item.maximumConcurrency)),
    )
  );
}

function isTarget(item: Fields): boolean {
  const suspended: unknown = item.suspended;
  const flags: readonly (keyof LiveScalingTarget["suspended"])[] = ["in", "out", "scheduled"];
  return (
    isQualifier(item.qualifier) &&
    isCount(item.minimum) &&
    isCount(item.maximum) &&
    isObject(suspended) &&
    flags.every((flag) => typeof suspended[flag] === "boolean")
  );
}

type Fields = Readonly<Record<string, unknown>>;

/** Is it an object with members? */
export function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isListOf(value: unknown, accepts: (item: Fields) => boolean): boolean {
  return Array.isArray(value) && value.every((item: unknown) => isObject(item) && accepts(item));
}

/** A version or an alias. */
function isQualifier(value: unknown): boolean {
  return typeof value === "string" && /^[\w$.-]{1,128}$/.test(value);
}

function isUuid(value: unknown): boolean {
  return typeof value === "string" && /^[\w-]{1,64}$/.test(value);
}

function isTime(value: unknown): boolean {
  return typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value));
}
