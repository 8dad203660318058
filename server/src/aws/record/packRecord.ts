import type { KillRecord } from "#core";
import { readRecord } from "./recordShape.ts";

/** Stands for a kill that left one at first and was lowered to 0 later. */
const LOWERED = 2;

/** A record as base64url. Positions, not names, so that it is short; id, caller and end come first. */
export function packRecord({ id, who, until, at, killedTo, leftOne, before, arn, reason }: KillRecord): string {
  const { reserved, provisioned, targets, mappings } = before;
  const flags = ({ in: inwards, out, scheduled }: { in: boolean; out: boolean; scheduled: boolean }) =>
    Number(inwards) + 2 * Number(out) + 4 * Number(scheduled);
  const packed = [
    id,
    who,
    until ?? null,
    at,
    arn,
    leftOne ? LOWERED : killedTo,
    reserved,
    provisioned.map(({ qualifier, requested }) => [qualifier, requested]),
    targets.map(({ qualifier, minimum, maximum, suspended }) => [qualifier, minimum, maximum, flags(suspended)]),
    mappings.map(({ uuid, maximumConcurrency }) => [uuid, maximumConcurrency ?? null]),
    reason,
  ];
  return Buffer.from(JSON.stringify(packed)).toString("base64url");
}

/** The record in base64url; undefined when there is none. */
export function unpackRecord(payload: string): KillRecord | undefined {
  const packed = listIn(Buffer.from(payload, "base64url").toString());
  if (packed === undefined) return undefined;
  const [id, who, until, at, arn, killedTo, reserved, provisioned, targets, mappings, reason] = packed;
  const [, partition, , region, account, , name] = String(arn).split(":");
  return readRecord({
    version: 1,
    id,
    account,
    region,
    partition,
    name,
    arn,
    who,
    reason,
    at,
    ...(until === null ? {} : { until }),
    ...(killedTo === LOWERED ? { killedTo: 0, leftOne: true } : { killedTo }),
    before: {
      reserved,
      provisioned: rows(provisioned).map(([qualifier, requested]) => ({ qualifier, requested })),
      targets: rows(targets).map(([qualifier, minimum, maximum, flags]) => ({
        qualifier,
        minimum,
        maximum,
        suspended: {
          in: (Number(flags) & 1) !== 0,
          out: (Number(flags) & 2) !== 0,
          scheduled: (Number(flags) & 4) !== 0,
        },
      })),
      mappings: rows(mappings).map(([uuid, bound]) => ({
        uuid,
        ...(bound === null ? {} : { maximumConcurrency: bound }),
      })),
    },
  });
}

function listIn(json: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function rows(value: unknown): readonly (readonly unknown[])[] {
  return Array.isArray(value) ? value.map((row: unknown) => (Array.isArray(row) ? row : [])) : [];
}
