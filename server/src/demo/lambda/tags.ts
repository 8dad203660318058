import type { FunctionState } from "../account/state.ts";
import { invalidParameter, validation } from "../serviceError.ts";
import { type Call, members, type Reply } from "../wire/call.ts";
import { unqualifiedFunction } from "./names.ts";

const HIGHEST_COUNT = 50;
const LONGEST_KEY = 128;
const LONGEST_VALUE = 256;

/** `ListTags` */
export function listTags(call: Call): Reply {
  return { body: { Tags: find(call).tags } };
}

/** `TagResource` */
export function tagResource(call: Call): Reply {
  const subject = find(call);
  const added = members(call.input.Tags);
  for (const [key, value] of Object.entries(added)) checkTag(key, value);
  const tags = { ...subject.tags };
  for (const [key, value] of Object.entries(added)) tags[key] = String(value);
  const own = Object.keys(tags).filter((key) => !key.startsWith("aws:"));
  if (own.length > HIGHEST_COUNT) throw invalidParameter("The maximum number of tags per resource is 50.");
  subject.tags = tags;
  call.changed();
  return { status: 204 };
}

/** `UntagResource` */
export function untagResource(call: Call): Reply {
  const subject = find(call);
  const keys = new Set(call.query.getAll("tagKeys"));
  for (const key of keys) refuseReserved(key);
  subject.tags = Object.fromEntries(Object.entries(subject.tags).filter(([key]) => !keys.has(key)));
  call.changed();
  return { status: 204 };
}

function find(call: Call): FunctionState {
  return unqualifiedFunction({ ...call, path: { FunctionName: call.path.ARN ?? "" } });
}

function checkTag(key: string, value: unknown): void {
  refuseReserved(key);
  if (key.length < 1 || key.length > LONGEST_KEY)
    throw validation(
      key,
      "tags",
      `Map keys must satisfy constraint: Member must have length less than or equal to ${LONGEST_KEY}`,
    );
  const allowed =
    typeof value === "string" && value.length <= LONGEST_VALUE && /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(value);
  if (!allowed)
    throw invalidParameter(
      `The value of the tag ${key} has more than ${LONGEST_VALUE} characters or characters that tags may not have.`,
    );
}

function refuseReserved(key: string): void {
  if (key.startsWith("aws:")) throw invalidParameter("System tags cannot be added/updated by requester");
}
