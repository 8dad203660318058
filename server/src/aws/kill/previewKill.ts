import {
  type AccountIdentity,
  accountKey,
  type Consequence,
  type KilledState,
  type KillRecord,
  killConsequences,
  type LiveMapping,
} from "#core";
import { AccountError } from "../accountError.ts";
import type { Session } from "../session.ts";
import { isOpen, type Journal, type JournalEntry } from "./journal.ts";
import { decodeKillTags } from "./killTags.ts";
import { type FreshFunction, readKillFacts } from "./readKillFacts.ts";
import { stateToKill, withOldState } from "./stateToKill.ts";

/** How functions are to be killed. */
export interface KillChoice {
  /** 1 instead of 0: asynchronous events stay queued. */
  readonly leaveOne?: boolean;
  /** Disables no event source mapping. */
  readonly keepTriggers?: boolean;
  /** Whether to disable single mappings, by UUID; those of queues are disabled by default, others are not. */
  readonly mappings?: ReadonlyMap<string, boolean>;
}

/** What a kill would do; reading it has changed nothing. */
export interface KillPreview {
  readonly identity: AccountIdentity;
  readonly readAt: string;
  readonly killedTo: KillRecord["killedTo"];
  readonly functions: readonly PreviewedKill[];
}

/**
 * One function of a preview.
 * - `kill`: it will be killed; `before` is what will be recorded. With `continues`, an earlier kill was begun and will be finished; with
 *   `replaces`, an earlier one was undone by somebody only in part, and what is still off of it becomes part of this one.
 * - `killed`: it is killed already, `record` says by whom; nothing will be done.
 * - `off`: its reservation is 0 without a record, and nothing else is to be done.
 * - `refused`: it cannot be killed; `message` says why.
 */
export type PreviewedKill = {
  readonly name: string;
} & (
  | {
      readonly kind: "kill";
      readonly arn: string;
      readonly before: KilledState;
      readonly continues?: KillRecord;
      readonly replaces?: KillRecord;
      /** Enabled mappings, and whether each will be disabled. */
      readonly mappings: readonly (LiveMapping & { readonly disable: boolean })[];
      readonly consequences: readonly Consequence[];
      /** Why only this machine will be able to restore it; absent when the record fits in tags. */
      readonly onlyHere?: string;
      /** How many tags the record may take; absent when the tags cannot be read. */
      readonly tagRoom?: number;
      readonly stack?: string;
      /** Provisioned concurrency could not be read: the reservation goes first, and where there is some Lambda refuses it. */
      readonly provisionedUnknown?: true;
    }
  | { readonly kind: "killed"; readonly record: KillRecord }
  | { readonly kind: "off" }
  | { readonly kind: "refused"; readonly message: string; readonly error?: AccountError }
);

/** What a preview needs beside the account. */
export interface PreviewOptions extends KillChoice {
  readonly journal: Journal;
  readonly signal?: AbortSignal;
  readonly now?: () => Date;
  readonly onRead?: (done: number, total: number) => void;
}

/** Tags that a record takes at most in practice; fewer are room for a short one. */
const FEW_TAGS = 3;

/** Reads functions afresh and says what killing them would do. Throws an `AccountError` when it is cancelled. */
export async function previewKill(
  session: Session,
  names: readonly string[],
  options: PreviewOptions,
): Promise<KillPreview> {
  const now = options.now ?? (() => new Date());
  const unique = [...new Set(names)];
  const facts = await readKillFacts(session, unique, {
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(options.onRead === undefined ? {} : { onRead: options.onRead }),
  });
  const key = accountKey(session.identity);
  const { entries } = await options.journal.list();
  const open = entries.filter((entry) => entry.key === key && isOpen(entry));
  const preview = (name: string): PreviewedKill => {
    const found = facts.get(name);
    if (found === undefined) return { name, kind: "refused", message: `${name} was not read.` };
    if (found instanceof AccountError) return { name, kind: "refused", message: found.message, error: found };
    return previewOne(
      found,
      open.find(({ record }) => record.name === name),
      options,
    );
  };
  const functions = unique.map(preview);
  return { identity: session.identity, readAt: now().toISOString(), killedTo: options.leaveOne ? 1 : 0, functions };
}

function previewOne(fresh: FreshFunction, entry: JournalEntry | undefined, choice: KillChoice): PreviewedKill {
  const { live, details, tagRoom } = fresh;
  const { name, arn } = live;
  if (live.outsidePool !== undefined) {
    const message = `${name} ${live.outsidePool} and takes nothing from the pool: a reservation does not stop it. Set the minimum and maximum of its scaling configuration to 0 instead.`;
    return { name, kind: "refused", message };
  }
  const tags = decodeKillTags(live.killTags ?? {}, arn);
  const tagged = tags.kind === "record" ? tags.record : undefined;
  const known = tagged ?? entry?.record;
  if (known !== undefined && live.reserved === known.killedTo && isFinished(known, fresh))
    return { name, kind: "killed", record: known };
  const killedTo = choice.leaveOne ? 1 : 0;
  const mappings = details.mappings
    .filter(({ enabled }) => enabled)
    .map((mapping) => ({ ...mapping, disable: disables(mapping, choice) }));
  const before = stateToKill(fresh, mappings);
  if (live.reserved === 0 && known === undefined && before.mappings.length === 0) return { name, kind: "off" };
  const goesOn = known !== undefined && holds(known, fresh) && isUnderWay(known, live.reserved, tagged, entry);
  const onlyHere = roomProblem(name, tagRoom);
  return {
    name,
    kind: "kill",
    arn,
    before: known === undefined ? before : withOldState(before, known, fresh),
    ...(known === undefined ? {} : goesOn ? { continues: known } : { replaces: known }),
    mappings,
    consequences: killConsequences({
      details,
      killedTo: goesOn ? known.killedTo : killedTo,
      disabled: new Set(mappings.filter(({ disable }) => disable).map(({ uuid }) => uuid)),
      ...(live.stack === undefined ? {} : { stack: live.stack.name }),
    }),
    ...(details.problems.some(({ action }) => action === "lambda:ListProvisionedConcurrencyConfigs")
      ? { provisionedUnknown: true }
      : {}),
    ...(onlyHere === undefined ? {} : { onlyHere }),
    ...(tagRoom === undefined ? {} : { tagRoom }),
    ...(live.stack === undefined ? {} : { stack: live.stack.name }),
  };
}

function roomProblem(name: string, room: number | undefined): string | undefined {
  if (room === undefined) return `The tags of ${name} cannot be read.`;
  return room < FEW_TAGS
    ? `${name} has room for ${room} more tags, which may not be enough for the record.`
    : undefined;
}

/** Queues are disabled unless somebody says otherwise: their messages would burn. */
function disables({ uuid, kind }: LiveMapping, { keepTriggers, mappings }: KillChoice): boolean {
  return mappings?.get(uuid) ?? (kind === "sqs" && !keepTriggers);
}

/** Is everything that the record says was killed off? */
function isFinished({ before }: KillRecord, { details }: FreshFunction): boolean {
  const enabled = new Set(details.mappings.filter((mapping) => mapping.enabled).map(({ uuid }) => uuid));
  return details.provisioned.length === 0 && !before.mappings.some(({ uuid }) => enabled.has(uuid));
}

/** Is the function somewhere between what was recorded and what the kill makes of it? */
function holds({ before, killedTo }: KillRecord, { live, details }: FreshFunction): boolean {
  const known = (qualifier: string, requested: number) =>
    before.provisioned.some((config) => config.qualifier === qualifier && config.requested === requested);
  return (
    (live.reserved === before.reserved || live.reserved === killedTo) &&
    details.provisioned.every(({ qualifier, requested }) => known(qualifier, requested))
  );
}

/** A kill that this machine finished, on a function that runs again and has lost its tags, was restored from elsewhere. */
function isUnderWay(
  known: KillRecord,
  reserved: number | null,
  tagged: KillRecord | undefined,
  entry: JournalEntry | undefined,
): boolean {
  return reserved === known.killedTo || tagged !== undefined || (entry !== undefined && entry.stage !== "killed");
}
