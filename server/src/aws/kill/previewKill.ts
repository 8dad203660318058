import type { AccountIdentity, KillRecord } from "#core";
import { AccountError } from "../accountError.ts";
import type { RetryPolicy } from "../change/retryPolicy.ts";
import { inParallel } from "../inParallel.ts";
import type { Session } from "../session.ts";
import type { Journal } from "../state/killJournal.ts";
import { knownKills } from "./findRecords.ts";
import { offForCertain } from "./offForCertain.ts";
import type { KillChoice, PreviewedKill } from "./previewedKill.ts";
import { previewOne } from "./previewOne.ts";
import { readKillFacts } from "./readKillFacts.ts";

/** What a kill would do; reading it has changed nothing. */
export interface KillPreview {
  readonly identity: AccountIdentity;
  readonly readAt: string;
  /** As it was asked for; a function that is at 0 stays there. */
  readonly killedTo: KillRecord["killedTo"];
  readonly functions: readonly PreviewedKill[];
  /** Why files of the journal cannot be read, as sentences; absent when all can. */
  readonly broken?: readonly string[];
}

/** What a preview needs beside the account. */
export interface PreviewOptions extends KillChoice {
  readonly journal: Journal;
  readonly signal?: AbortSignal;
  readonly now?: () => Date;
  readonly onRead?: (done: number, total: number) => void;
  readonly retryPolicy?: RetryPolicy;
}

const WIDTH = 8;

/** Reads functions afresh and says what killing them would do. Throws an `AccountError` when it is cancelled. */
export async function previewKill(
  session: Session,
  names: readonly string[],
  options: PreviewOptions,
): Promise<KillPreview> {
  const now = options.now ?? (() => new Date());
  const unique = [...new Set(names)];
  const cancelling = options.signal === undefined ? {} : { signal: options.signal };
  const facts = await readKillFacts(session, unique, {
    ...cancelling,
    ...(options.onRead === undefined ? {} : { onRead: options.onRead }),
  });
  const known = await knownKills(session, options.journal);
  const preview = (name: string, read: Awaited<ReturnType<typeof readKillFacts>>): PreviewedKill => {
    const found = read.get(name);
    if (found === undefined) return { name, kind: "refused", message: `${name} was not read.` };
    if (found instanceof AccountError) return { name, kind: "refused", message: found.message, error: found };
    return previewOne(found, known, options);
  };
  const again = async (name: string) => preview(name, await readKillFacts(session, [name], cancelling));
  const functions = await inParallel(unique, WIDTH, async (name) =>
    offForCertain(preview(name, facts), () => again(name), known, now(), options.retryPolicy),
  );
  const broken = [...known.broken, ...known.loads.broken];
  return {
    identity: session.identity,
    readAt: now().toISOString(),
    killedTo: options.leaveOne ? 1 : 0,
    functions,
    ...(broken.length === 0 ? {} : { broken }),
  };
}
