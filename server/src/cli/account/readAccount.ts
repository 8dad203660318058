import type { Session } from "#aws";
import type { AccountSnapshot, ReadFirst } from "#core";
import { complain } from "../complain.ts";
import type { Io } from "../io.ts";
import { loadAws } from "./openAccount.ts";
import { progressLine, progressOf } from "./progressLine.ts";

/** Reads an open account with the floor that was learned here before; progress on a terminal. Rejects with an `AccountError`. */
export async function readAccount(
  session: Session,
  io: Io,
  signal: AbortSignal,
  first?: ReadFirst,
): Promise<AccountSnapshot> {
  const { localKnowledge, readSnapshot, stateFolder } = await loadAws();
  const { learnedFloor, killed, closedKills, problems } = await localKnowledge(session, () => stateFolder(io.env));
  const line = progressLine(io);
  try {
    return await readSnapshot(session, {
      signal,
      killed,
      closedKills,
      problems,
      ...(first !== undefined && { first }),
      onProgress: (snapshot) => line.show(progressOf(snapshot)),
      ...(learnedFloor !== undefined && { learnedFloor }),
    });
  } finally {
    line.end();
  }
}

/** Says on stderr what could not be read of an account. */
export function complainOf({ problems }: AccountSnapshot, io: Io): void {
  for (const { message } of problems) complain(message, io);
}

/** Is everything read but what the account has left? Then Lambda decides what can be set. */
export function isReadWithoutTotals({ reading, problems }: AccountSnapshot): boolean {
  return reading.state === "complete" && problems.every(({ action }) => action === "lambda:GetAccountSettings");
}

/** Was the whole account read? */
export function isWhole({ reading, problems }: AccountSnapshot): boolean {
  return reading.state === "complete" && problems.length === 0;
}

/** How an account is called in a sentence: `account 123456789012 (demo-account)`. */
export function accountName({ account, alias }: AccountSnapshot["identity"]): string {
  return `account ${account}${alias === undefined ? "" : ` (${alias})`}`;
}
