import { type KillRecord, killConsequences, type LiveMapping } from "#core";
import type { JournalEntry } from "./journal.ts";
import { decodeKillTags } from "./killTags.ts";
import type { KillChoice, PreviewedKill } from "./previewKill.ts";
import type { FreshFunction } from "./readKillFacts.ts";
import { stateToKill, withOldState } from "./stateToKill.ts";

/** Tags that a record takes at most in practice; fewer are room for a short one. */
const FEW_TAGS = 3;

/** What killing a function would do, from what was read of it and what this machine knows of an earlier kill. */
export function previewOne(fresh: FreshFunction, entry: JournalEntry | undefined, choice: KillChoice): PreviewedKill {
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
