import { createHash } from "node:crypto";
import type { KillRecord } from "#core";
import { packRecord, unpackRecord } from "./packRecord.ts";

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
    const payload = packRecord({ ...record, reason });
    const text = `1.${payload.length}.${checksumOf(payload)}.${payload}`;
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
  const record = unpackRecord(payload);
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

function checksumOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 8);
}
