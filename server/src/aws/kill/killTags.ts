import { createHash } from "node:crypto";
import type { KillRecord } from "#core";
import { readRecord } from "./recordShape.ts";

/** Keys of the tags are this and 1, 2, … */
export const killTagPrefix = "lambda-concurrency:kill:";

/** Characters that a tag value may have. */
const LONGEST_VALUE = 256;
/** Tags that a function may have, those of AWS not counted. */
const MOST_TAGS = 50;

type Tags = Readonly<Record<string, string>>;

/** How many tags a record may take on a function that has `tags`: those of an earlier kill are replaced. */
export function roomForTags(tags: Tags): number {
  const others = Object.keys(tags).filter((key) => !key.startsWith("aws:") && !key.startsWith(killTagPrefix));
  return Math.max(0, MOST_TAGS - others.length);
}

/**
 * A record as tags: `VERSION.LENGTH.CHECKSUM.` and base64url, cut into values. The reason is left out when it does not fit; undefined
 * when the rest does not fit either.
 * @param room how many tags there may be
 */
export function encodeKillTags(record: KillRecord, room: number): Tags | undefined {
  for (const reason of [record.reason, ""]) {
    const text = encode({ ...record, reason });
    const count = Math.ceil(text.length / LONGEST_VALUE);
    if (count > room) continue;
    const parts = Array.from({ length: count }, (_, index) => [
      `${killTagPrefix}${index + 1}`,
      text.slice(index * LONGEST_VALUE, (index + 1) * LONGEST_VALUE),
    ]);
    return Object.fromEntries(parts);
  }
  return undefined;
}

/** What the tags of a function say about a kill. */
export type DecodedKill =
  | { readonly kind: "none" }
  | { readonly kind: "record"; readonly record: KillRecord }
  /** There are tags, but they cannot be read: `message` says why. */
  | { readonly kind: "damaged"; readonly message: string };

/**
 * Reads the record of the function with this ARN from its tags, in whatever order they come; others, and parts left over from a longer
 * record, are ignored.
 * @param arn unqualified
 */
export function decodeKillTags(tags: Tags, arn: string): DecodedKill {
  const parts = killTagsOf(tags);
  if (Object.keys(parts).length === 0) return { kind: "none" };
  const name = arn.split(":").at(-1);
  const damaged = (why: string): DecodedKill => ({
    kind: "damaged",
    message: `The tags ${killTagPrefix}… on ${name} cannot be read: ${why}.`,
  });
  const first = parts[`${killTagPrefix}1`];
  if (first === undefined) return damaged("part 1 is missing");
  const header = /^(\d{1,4})\.(\d{1,6})\.([\w-]{8})\./.exec(first);
  if (header === null) return damaged("part 1 does not begin as it should");
  const [{ length: offset }, version, length, checksum] = header;
  if (version !== "1") return damaged(`they have version ${version}; this program knows version 1, so update it`);
  const text = joined(parts, offset + Number(length));
  if (typeof text === "number") return damaged(`part ${text} is missing or cut`);
  const payload = text.slice(offset);
  if (checksumOf(payload) !== checksum) return damaged("their checksum is wrong");
  const record = unpack(payload);
  if (record === undefined) return damaged("they do not hold a record");
  if (record.arn !== arn) return damaged(`they are a copy of those of ${record.arn}`);
  return { kind: "record", record };
}

/** The tags among `tags` that belong to a kill. */
export function killTagsOf(tags: Tags): Tags {
  return Object.fromEntries(
    Object.entries(tags).filter(
      ([key]) => key.startsWith(killTagPrefix) && /^\d+$/.test(key.slice(killTagPrefix.length)),
    ),
  );
}

/** So many characters of the parts, or the number of the part that is missing. */
function joined(parts: Tags, length: number): string | number {
  let text = "";
  for (let number = 1; text.length < length; number++) {
    const part = parts[`${killTagPrefix}${number}`];
    if (part === undefined || part === "") return number;
    text += part;
    if (part.length !== LONGEST_VALUE && text.length < length) return number;
  }
  return text.slice(0, length);
}

/** Positions, not names, so that it is short; who must read it in a hurry finds id, caller and end first. */
function encode({ id, who, until, at, killedTo, before, arn, reason }: KillRecord): string {
  const { reserved, provisioned, targets, mappings } = before;
  const flags = ({ in: inwards, out, scheduled }: { in: boolean; out: boolean; scheduled: boolean }) =>
    Number(inwards) + 2 * Number(out) + 4 * Number(scheduled);
  const packed = [
    id,
    who,
    until ?? null,
    at,
    arn,
    killedTo,
    reserved,
    provisioned.map(({ qualifier, requested }) => [qualifier, requested]),
    targets.map(({ qualifier, minimum, maximum, suspended }) => [qualifier, minimum, maximum, flags(suspended)]),
    mappings.map(({ uuid, maximumConcurrency }) => [uuid, maximumConcurrency ?? null]),
    reason,
  ];
  const payload = Buffer.from(JSON.stringify(packed)).toString("base64url");
  return `1.${payload.length}.${checksumOf(payload)}.${payload}`;
}

function unpack(payload: string): KillRecord | undefined {
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
    killedTo,
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

function checksumOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 8);
}
