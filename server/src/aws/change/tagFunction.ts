import { TagResourceCommand, UntagResourceCommand } from "@aws-sdk/client-lambda";
import { resourceName } from "#core";
import type { Session } from "../session.ts";
import { type ChangeOptions, compareAndSet } from "./compareAndSet.ts";
import type { Outcome } from "./outcome.ts";
import { readTags } from "./read.ts";

type Tags = Readonly<Record<string, string>>;

/** How tags are put on a function. */
export interface TagOptions extends ChangeOptions {
  /** Tags as they were seen, which may be overwritten. */
  readonly replacing?: Tags;
}

/**
 * Puts tags on a function where none of these keys is taken by another value, or only by one of `replacing`.
 * @param arn unqualified
 */
export function tagFunction(session: Session, arn: string, tags: Tags, options?: TagOptions): Promise<Outcome<Tags>> {
  const command = new TagResourceCommand({ Resource: arn, Tags: tags });
  const old = options?.replacing ?? {};
  const wanted = Object.entries(tags);
  return compareAndSet<Tags>(
    {
      ...common(session, arn, Object.keys(tags)),
      action: "lambda:TagResource",
      write: () => session.rateLimiter.run("other", () => session.lambda.send(command)),
      isFrom: (state) => wanted.every(([key, value]) => [undefined, value, old[key]].includes(state[key])),
      isTo: (state) => wanted.every(([key, value]) => state[key] === value),
    },
    options,
  );
}

/**
 * Takes tags from a function that still have these values.
 * @param arn unqualified
 */
export function untagFunction(
  session: Session,
  arn: string,
  tags: Tags,
  options?: ChangeOptions,
): Promise<Outcome<Tags>> {
  const command = new UntagResourceCommand({ Resource: arn, TagKeys: Object.keys(tags) });
  const known = Object.entries(tags);
  return compareAndSet<Tags>(
    {
      ...common(session, arn, Object.keys(tags)),
      action: "lambda:UntagResource",
      write: () => session.rateLimiter.run("other", () => session.lambda.send(command)),
      isFrom: (state) => known.every(([key, value]) => state[key] === undefined || state[key] === value),
      isTo: (state) => known.every(([key]) => state[key] === undefined),
    },
    options,
  );
}

/** Only the tags in question are reported: others are nobody's business here. */
function common(session: Session, arn: string, keys: readonly string[]) {
  return {
    what: `the tags of ${resourceName(arn)}`,
    check: `Look at them with: aws lambda list-tags --resource ${arn}`,
    read: async () => {
      const tags = await readTags(session, arn);
      return Object.fromEntries(keys.flatMap((key) => (tags[key] === undefined ? [] : [[key, tags[key]]])));
    },
    describe: (state: Tags) => (Object.keys(state).length === 0 ? "none of ours" : Object.keys(state).join(", ")),
  };
}
