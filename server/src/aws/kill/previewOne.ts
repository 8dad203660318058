import { type KilledState, type KillRecord, killConsequences, type LiveMapping } from "#core";
import { decodeKillTags } from "../record/killTags.ts";
import type { JournalEntry } from "../state/killJournal.ts";
import { findRecord, type KnownKills } from "./findRecords.ts";
import { isInForce } from "./isInForce.ts";
import { isKilledTo } from "./killedAs.ts";
import type { KillChoice, PreviewedKill } from "./previewedKill.ts";
import type { FreshFunction } from "./readKillFacts.ts";
import { stateToKill, withOldState } from "./stateToKill.ts";
import { loadToTakeOver } from "./takeOverLoad.ts";

/** Tags that a record takes at most in practice; fewer are room for a short one. */
const FEW_TAGS = 3;

/** What killing a function would do, from what was read of it and what this machine knows of an earlier kill. */
export function previewOne(fresh: FreshFunction, kills: KnownKills, choice: KillChoice): PreviewedKill {
  const { live, details, tagRoom } = fresh;
  const { name, arn } = live;
  if (live.outsidePool !== undefined) {
    const message = `${name} ${live.outsidePool} and takes nothing from the pool: a reservation does not stop it. Set the minimum and maximum of its scaling configuration to 0 instead.`;
    return { name, kind: "refused", message };
  }
  const { known, entry, isTagged, closedTags } = earlierKill(fresh, kills);
  // What is off is never switched on, not even to leave one.
  const wanted = choice.leaveOne && live.reserved !== 0 ? 1 : 0;
  const mappings = details.mappings
    .filter(({ enabled }) => enabled)
    .map((mapping) => ({ ...mapping, disable: disables(mapping, choice) }));
  const load = loadToTakeOver(fresh, kills.loads.records, known);
  const now = stateToKill(fresh, mappings);
  const before = load === undefined ? now : { ...now, reserved: load.before };
  if (known !== undefined && isFinished(known, fresh, before) && known.killedTo <= wanted)
    return { name, kind: "killed", record: known };
  if (known === undefined && load === undefined && live.reserved === wanted && isOff(before))
    return { name, kind: "off", reserved: live.reserved };
  const goesOn = known !== undefined && holds(known, fresh) && isUnderWay(known, live.reserved, isTagged, entry);
  const going = goesOn ? goingOn(known, wanted, live.reserved) : undefined;
  const killedTo = going?.killedTo ?? wanted;
  const onlyHere = roomProblem(name, tagRoom);
  return {
    name,
    kind: "kill",
    arn,
    before: known === undefined ? before : withOldState(before, known, fresh),
    reserved: live.reserved,
    killedTo,
    ...(going !== undefined ? { continues: going } : known === undefined ? {} : { replaces: known }),
    ...(load === undefined ? {} : { takesOver: load }),
    ...(known === undefined ? {} : { earlier: { tagged: isTagged, journal: entry !== undefined } }),
    ...(closedTags === undefined ? {} : { closedTags }),
    mappings,
    consequences: killConsequences({
      details,
      killedTo,
      disabled: new Set(mappings.filter(({ disable }) => disable).map(({ uuid }) => uuid)),
      ...(live.stack === undefined ? {} : { stack: live.stack.name }),
      ...(load === undefined ? {} : { load }),
    }),
    ...(details.problems.some(({ action }) => action === "lambda:ListProvisionedConcurrencyConfigs")
      ? { provisionedUnknown: true }
      : {}),
    ...(onlyHere === undefined ? {} : { onlyHere }),
    ...(tagRoom === undefined ? {} : { tagRoom }),
    ...(live.stack === undefined ? {} : { stack: live.stack.name }),
  };
}

/** The kill of a function that is open, and the closed one whose tags are still on it. */
function earlierKill(fresh: FreshFunction, kills: KnownKills) {
  const { name, arn, killTags = {} } = fresh.live;
  const tags = decodeKillTags(killTags, arn);
  const tagged = tags.kind === "record" ? tags.record : undefined;
  const found = findRecord(fresh, kills);
  const isLeft = "source" in found && found.entry === undefined && !isInForce(found.record, fresh);
  const own = kills.open.find(({ record }) => record.name === name);
  const open = isLeft ? own && { record: own.record, entry: own } : "source" in found ? found : undefined;
  const isTagged = open !== undefined && open.record.id === tagged?.id;
  return {
    known: open?.record,
    entry: open?.entry,
    isTagged,
    closedTags: isTagged ? undefined : tagged?.id,
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

/** Is everything off that the record says was killed, and nothing else left that a kill would switch off? */
function isFinished({ before, killedTo }: KillRecord, { live, details }: FreshFunction, now: KilledState): boolean {
  const enabled = new Set(details.mappings.filter((mapping) => mapping.enabled).map(({ uuid }) => uuid));
  return (
    live.reserved === killedTo &&
    details.provisioned.length === 0 &&
    now.mappings.length === 0 &&
    !before.mappings.some(({ uuid }) => enabled.has(uuid))
  );
}

/** Is there nothing to do? At 0 Lambda accepts no provisioned concurrency, whatever a scaling target asks for. */
function isOff({ reserved, provisioned, targets, mappings }: KilledState): boolean {
  return mappings.length === 0 && provisioned.length === 0 && (reserved === 0 || targets.length === 0);
}

/** The record of a kill that is gone on with; one that left one and is to leave none now becomes stricter. */
function goingOn(known: KillRecord, wanted: 0 | 1, reserved: number | null): KillRecord {
  if (known.killedTo <= wanted) return known;
  return { ...known, killedTo: 0, ...(reserved === 1 ? { leftOne: true } : {}) };
}

/** Is the function somewhere between what was recorded and what the kill makes of it? */
function holds(record: KillRecord, { live, details }: FreshFunction): boolean {
  const { before } = record;
  const known = (qualifier: string, requested: number) =>
    before.provisioned.some((config) => config.qualifier === qualifier && config.requested === requested);
  return (
    (live.reserved === before.reserved || isKilledTo(record, live.reserved)) &&
    details.provisioned.every(({ qualifier, requested }) => known(qualifier, requested))
  );
}

/** A kill that this machine finished, on a function that runs again and has lost its tags, was restored from elsewhere. */
function isUnderWay(
  known: KillRecord,
  reserved: number | null,
  isTagged: boolean,
  entry: JournalEntry | undefined,
): boolean {
  return isKilledTo(known, reserved) || isTagged || (entry !== undefined && entry.stage !== "killed");
}
