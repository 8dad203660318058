import type { AccountIdentity } from "#core";
import { AccountError } from "../accountError.ts";
import { inParallel } from "../inParallel.ts";
import type { Session } from "../session.ts";
import type { Journal, JournalEntry } from "../state/killJournal.ts";
import { findConflicts } from "./conflicts.ts";
import { findRecord, knownKills } from "./findRecords.ts";
import type { PreviewedRestore } from "./previewedRestore.ts";
import { readKillFacts } from "./readKillFacts.ts";
import { readOwnMappings } from "./readOwnMappings.ts";
import { readQualifiers } from "./readQualifiers.ts";
import { type Shortage, shortage } from "./shortage.ts";

/** What a restore would do; reading it has changed nothing. */
export interface RestorePreview {
  readonly identity: AccountIdentity;
  readonly readAt: string;
  readonly functions: readonly PreviewedRestore[];
  /** The pool has not enough for all of them; a sentence with the numbers. */
  readonly short?: Shortage;
  /** Why files of the journal cannot be read, as sentences; absent when all can. */
  readonly broken?: readonly string[];
}

/** What the preview of a restore needs beside the account. */
export interface RestorePreviewOptions {
  readonly journal: Journal;
  readonly signal?: AbortSignal;
  readonly now?: () => Date;
  /** The floor as it was learned; absent: estimated. */
  readonly floor?: number;
  readonly onRead?: (done: number, total: number) => void;
}

const WIDTH = 8;

/** Reads functions afresh, finds their records, and says what restoring them would do. Throws an `AccountError` when it is cancelled. */
export async function previewRestore(
  session: Session,
  names: readonly string[],
  options: RestorePreviewOptions,
): Promise<RestorePreview> {
  const { journal, signal, onRead } = options;
  const unique = [...new Set(names)];
  const read = await readKillFacts(session, unique, {
    ...(signal === undefined ? {} : { signal }),
    ...(onRead === undefined ? {} : { onRead }),
  });
  const known = await knownKills(session, journal);
  const functions = await inParallel(unique, WIDTH, async (name): Promise<PreviewedRestore> => {
    const facts = read.get(name);
    if (facts === undefined) return { kind: "refused", name, message: `${name} was not read.` };
    if (facts instanceof AccountError) return unreadable(name, facts, known.open);
    const found = findRecord(facts, known);
    if (!("source" in found)) return { kind: "refused", name, ...found };
    const fresh = await readOwnMappings(session, found.record, facts);
    const qualifiers = await readQualifiers(session, found.record, fresh);
    return { kind: "restore", name, ...found, fresh, conflicts: findConflicts(found.record, fresh, qualifiers) };
  });
  const short = await shortage(session, functions, options);
  const readAt = (options.now?.() ?? new Date()).toISOString();
  const { broken } = known;
  return {
    identity: session.identity,
    readAt,
    functions,
    ...(short === undefined ? {} : { short }),
    ...(broken.length === 0 ? {} : { broken }),
  };
}

function unreadable(name: string, error: AccountError, open: readonly JournalEntry[]): PreviewedRestore {
  const entry = open.find(({ record }) => record.name === name);
  return {
    kind: "refused",
    name,
    message: error.message,
    error,
    ...(entry === undefined ? {} : { record: entry.record }),
  };
}
