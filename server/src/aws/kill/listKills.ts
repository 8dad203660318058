import { accountKey, isExpired, type KillRecord, type ReadingProblem } from "#core";
import { inParallel } from "../inParallel.ts";
import { taggedFunctions, taggingAction } from "../reading/functionsByTag.ts";
import { readFunction } from "../reading/readFunction.ts";
import { decodeKillTags, killTagPrefix } from "../record/killTags.ts";
import type { Session } from "../session.ts";
import { isOpen, type Journal, type JournalContent, type JournalEntry, type KillStage } from "../state/killJournal.ts";
import type { LoadRecord } from "../state/loadJournal.ts";
import { toAccountError } from "../toAccountError.ts";
import { openElsewhere } from "./openElsewhere.ts";
import { restoredElsewhere } from "./restoredElsewhere.ts";
import { isTakenOver } from "./takeOverLoad.ts";

/** A kill that is not restored. */
export interface ListedKill {
  readonly record: KillRecord;
  /** `accountKey` of its account. */
  readonly key: string;
  /** `killed` where only the tags tell of it. */
  readonly stage: Exclude<KillStage, "restored" | "removed">;
  readonly source: "journal" | "tags" | "both";
  /** As far as this machine knows, the record is on the function too: others can restore it. */
  readonly tagged: boolean;
  /** Its end has passed. */
  readonly expired: boolean;
  /** It was restored on another machine, as it seems: restoring it here closes it, and changes nothing. */
  readonly elsewhere?: true;
  /** AWS reports it as before its kill, which was a moment ago: it was restored elsewhere, or the answer is late. */
  readonly doubtful?: true;
}

/** All kills that are known. */
export interface KillList {
  /** Oldest first. */
  readonly kills: readonly ListedKill[];
  /** Files of the journal, and tags, that cannot be read. */
  readonly broken: readonly { readonly where: string; readonly message: string }[];
  /** Why the account's tags are missing from the list. */
  readonly problems: readonly ReadingProblem[];
  /** Tags were read: what others did in the last minutes may not be among them. */
  readonly mayLag: boolean;
  /** Load tests of this machine whose reservations are to be put back, under way or ended half way; oldest first. */
  readonly loads: readonly LoadRecord[];
}

/** Where kills are looked for. */
export interface ListKillsOptions {
  readonly journal: Journal;
  /** With it, only kills of this account and Region are listed, and the tags of its functions are read too. */
  readonly session?: Session;
  readonly now?: () => Date;
  readonly signal?: AbortSignal;
}

/** Lists what is off and not restored. Throws an `AccountError` when it is cancelled. */
export async function listKills({ journal, session, now, signal }: ListKillsOptions): Promise<KillList> {
  const time = now?.() ?? new Date();
  const own = session === undefined ? undefined : accountKey(session.identity);
  const content = await contentOf(journal);
  const loads = await journal.loads.list().catch(() => ({ records: [], broken: [] }));
  const open = content.entries.filter((entry) => isOpen(entry) && (own === undefined || entry.key === own));
  const kills = new Map<string, Unaged>();
  for (const { record, key, stage, tagged } of open)
    if (stage !== "restored" && stage !== "removed")
      kills.set(record.id, { record, key, stage, source: "journal", tagged });
  const tags = session === undefined ? nothing : await readTagged(session, signal);
  const isKnown = ({ id }: KillRecord) => kills.has(id) || isClosed(content, id);
  const others = tags.records.filter((record) => !isKnown(record));
  const elsewhere = session === undefined ? [] : await openElsewhere(session, others, signal);
  for (const record of [...tags.records.filter(isKnown), ...elsewhere]) {
    const known = kills.get(record.id);
    if (known !== undefined) kills.set(record.id, { ...known, source: "both", tagged: true });
    else if (own !== undefined && !isKnown(record))
      kills.set(record.id, { record, key: own, stage: "killed", source: "tags", tagged: true });
  }
  if (session !== undefined && tags.problems.length === 0) await markElsewhere(session, kills, open, time, signal);
  const listed = [...kills.values()].map((found) => ({
    ...found,
    expired: found.elsewhere === undefined && isExpired(found.record, time),
  }));
  return {
    kills: listed.sort((a, b) => (a.record.at < b.record.at ? -1 : 1)),
    broken: [
      ...content.broken.map(({ file, message }) => ({ where: file, message })),
      ...loads.broken.map((message) => ({ where: journal.folder, message })),
      ...tags.broken,
    ],
    loads: loads.records.filter((record) => (own === undefined || record.key === own) && !isTakenOver(record, open)),
    problems: tags.problems,
    mayLag: session !== undefined && tags.problems.length === 0,
  };
}

type Unaged = Omit<ListedKill, "expired">;

const WIDTH = 8;

/** Looks at the functions whose tags are gone, though this machine has put some on them. */
async function markElsewhere(
  session: Session,
  kills: Map<string, Unaged>,
  open: readonly JournalEntry[],
  time: Date,
  signal: AbortSignal | undefined,
): Promise<void> {
  const doubtful = open.filter(({ tagged, record }) => tagged && kills.get(record.id)?.source === "journal");
  await inParallel(doubtful, WIDTH, async (entry) => {
    const { id, name } = entry.record;
    const live = await readFunction(session, name, signal).catch((error: unknown) => {
      if (toAccountError(error).kind === "cancelled") throw error;
    });
    const known = kills.get(id);
    if (live === undefined || known === undefined) return;
    const found = restoredElsewhere(entry, live, time);
    if (found === "yes") kills.set(id, { ...known, elsewhere: true });
    if (found === "unknown") kills.set(id, { ...known, doubtful: true });
  });
}

/** The journal; where its folder cannot be read, that is what is broken. */
async function contentOf(journal: Journal): Promise<JournalContent> {
  try {
    return await journal.list();
  } catch (error) {
    return { entries: [], broken: [{ file: journal.folder, message: toAccountError(error).message }] };
  }
}

/** The tagging API lags: what was restored here may still seem to be tagged. */
function isClosed({ entries }: JournalContent, id: string): boolean {
  return entries.some((entry) => entry.record.id === id && !isOpen(entry));
}

interface Tagged {
  readonly records: readonly KillRecord[];
  readonly broken: KillList["broken"];
  readonly problems: readonly ReadingProblem[];
}

const nothing: Tagged = { records: [], broken: [], problems: [] };

async function readTagged(session: Session, signal: AbortSignal | undefined): Promise<Tagged> {
  try {
    const found = await taggedFunctions(session, { key: `${killTagPrefix}1` }, signal);
    const decoded = found.map(({ ResourceARN: arn = "", Tags = [] }) => ({
      arn,
      kill: decodeKillTags(Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value])), arn),
    }));
    return {
      records: decoded.flatMap(({ kill }) => (kill.kind === "record" ? [kill.record] : [])),
      broken: decoded.flatMap(({ arn, kill }) =>
        kill.kind === "damaged" ? [{ where: arn, message: kill.message }] : [],
      ),
      problems: [],
    };
  } catch (error) {
    const { kind, message } = toAccountError(error, taggingAction);
    if (kind === "cancelled") throw error;
    return { ...nothing, problems: [{ action: taggingAction, message }] };
  }
}
