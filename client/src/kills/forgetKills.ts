import type { ListedKill } from "#aws";
import { namesText } from "#core";
import { asUserErrors, operationState } from "../operations/editor.ts";
import { UserError } from "../userError.ts";
import { forgetUi } from "./forgetUi.ts";
import type { KillContext } from "./killContext.ts";
import { journalOf } from "./killJournal.ts";
import { killUiParts } from "./killUiParts.ts";

/** Closes kills without restoring them, once that is confirmed: their functions are gone, or the account is not reached any more. */
export async function forgetKills(context: KillContext, kills: readonly ListedKill[], here: boolean): Promise<void> {
  if (kills.length === 0) throw new UserError("Select a kill whose function is gone in the view “Kills” first.");
  if (!here) return forgetHere(context, kills);
  const { account, editor } = context;
  await account.withSession((open) =>
    asUserErrors(async () => {
      const { forgetKills: forget } = await import("#operations");
      const ui = forgetUi(killUiParts(context, open));
      await forget(
        { session: open.session, state: await operationState(editor, open), ui },
        { kills: kills.map(({ record }) => record) },
      );
    }),
  );
}

/** An account of this machine that is gone cannot be asked: only the journal is closed. */
async function forgetHere({ editor: { window }, store }: KillContext, kills: readonly ListedKill[]): Promise<void> {
  const { forgetConfirmation } = await import("#operations");
  const { isOpen } = await import("#aws");
  const { what, action, changes, consequences } = forgetConfirmation(kills.map(({ record }) => record));
  const detail = [...changes, "", ...consequences].join("\n");
  if ((await window.dialog(`${what}?`, detail, [action])) !== action) return;
  const journal = await journalOf();
  for (const { record } of kills) {
    const entry = await journal.read(record.id);
    if (entry !== undefined && isOpen(entry))
      await journal.write({ ...entry, stage: "removed", changedAt: new Date().toISOString() });
  }
  await store.look();
  void window.message("information", `Forgotten: ${namesText(kills.map(({ record }) => record.name))}.`);
}
