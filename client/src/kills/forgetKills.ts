import { window } from "vscode";
import type { ListedKill } from "#aws";
import { UserError } from "../userError.ts";
import { counted } from "../views/text.ts";
import type { KillContext } from "./killContext.ts";
import { namesText, stateText } from "./killWords.ts";
import { journalOf, openAuditOf } from "./makeKill.ts";

const forget = "Forget";

/** Closes kills without restoring them, once that is confirmed: their functions are gone, or the account is not reached any more. */
export async function forgetKills(context: KillContext, kills: readonly ListedKill[], here: boolean): Promise<void> {
  if (kills.length === 0) throw new UserError("Select a kill whose function is gone in the view “Kills” first.");
  const names = kills.map(({ record }) => record.name);
  const detail = [
    ...kills.slice(0, 8).map(({ record }) => `${record.name} had: ${stateText(record.before)}`),
    "",
    "The record is closed and nothing is restored: what it says of the state before is of no use afterwards.",
  ].join("\n");
  const question = `Forget ${kills.length === 1 ? `the kill of ${names[0]}` : counted(kills.length, "kill")}?`;
  const picked = await window.showWarningMessage(question, { modal: true, detail }, forget);
  if (picked !== forget) return;
  const left = here ? await forgetInAccount(context, kills) : await forgetHere(kills);
  await context.store.look();
  if (left.length > 0) throw new UserError(left.join(" "));
  void window.showInformationMessage(`Forgotten: ${namesText(names)}.`);
}

async function forgetInAccount({ account }: KillContext, kills: readonly ListedKill[]): Promise<readonly string[]> {
  const { forgetKill } = await import("#aws");
  const journal = await journalOf();
  return account.withSession(async ({ session }) => {
    const audit = await openAuditOf(session);
    try {
      const left: string[] = [];
      for (const { record } of kills) {
        const { message } = await forgetKill(session, record, { journal, audit });
        if (message !== undefined) left.push(`${record.name}: ${message}`);
      }
      return left;
    } finally {
      await audit.close();
    }
  });
}

/** An account of this machine that is gone cannot be asked: only the journal is closed. */
async function forgetHere(kills: readonly ListedKill[]): Promise<readonly string[]> {
  const journal = await journalOf();
  const { entries } = await journal.list();
  const wanted = new Set(kills.map(({ record }) => record.id));
  for (const entry of entries.filter(({ record }) => wanted.has(record.id)))
    await journal.write({ ...entry, stage: "removed", changedAt: new Date().toISOString() });
  return [];
}
