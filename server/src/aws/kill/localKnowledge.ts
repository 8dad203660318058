import { accountKey, type KillRecord } from "#core";
import { AccountError } from "../accountError.ts";
import type { Session } from "../session.ts";
import { createJournal } from "../state/killJournal.ts";
import { learnedFloors } from "../state/learnedFloors.ts";
import { toAccountError } from "../toAccountError.ts";
import { knownKills } from "./findRecords.ts";

/** What this machine knows of an account before it is read. */
export interface LocalKnowledge {
  /** The state folder; absent where there is none. */
  readonly folder?: string;
  /** What Lambda insisted on leaving unreserved when it last refused a change. */
  readonly learnedFloor?: number;
  /** Records of the open kills. */
  readonly killed: readonly KillRecord[];
  /** Ids of the closed ones: tags of theirs say nothing. */
  readonly closedKills: ReadonlySet<string>;
  /** Why something of this could not be read: the account can be read all the same. */
  readonly problems: readonly AccountError[];
}

/** Reads what is kept of an account on this machine. `stateFolder` may throw where there is none. */
export async function localKnowledge(session: Session, stateFolder: () => string): Promise<LocalKnowledge> {
  let known: LocalKnowledge = { killed: [], closedKills: new Set(), problems: [] };
  try {
    const folder = stateFolder();
    const learnedFloor = await learnedFloors(folder).get(accountKey(session.identity));
    known = { ...known, folder, ...(learnedFloor !== undefined && { learnedFloor }) };
    const { open, closed, broken } = await knownKills(session, createJournal(folder));
    return {
      ...known,
      killed: open.map(({ record }) => record),
      closedKills: closed,
      problems: broken.map((message) => new AccountError("failed", message, { action: "kills" })),
    };
  } catch (error) {
    const { kind, message } = toAccountError(error);
    return { ...known, problems: [new AccountError(kind, message, { action: "kills", cause: error })] };
  }
}
