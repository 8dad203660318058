import { commands, Uri, WorkspaceEdit, window, workspace } from "vscode";
import { list } from "#core";
import type { PoolView } from "#protocol";
import type { ActionId, Place } from "#webview/poolMessages.ts";
import { shownSnapshot } from "../account/accountState.ts";
import { UserError } from "../errors.ts";
import { accountCommands, changeCommands, commands as fileCommands } from "../ids.ts";
import type { WhatIf } from "./pictureInput.ts";
import type { PoolViewContext } from "./poolViewContext.ts";
import { accountSource } from "./poolViewState.ts";

/** The pool on screen, and what was typed. */
export interface ShownPool extends PoolViewContext {
  readonly chosen: string;
  readonly whatIf: WhatIf;
}

/** Does what a button says. True when what was typed is dealt with. */
export async function actInPoolView(context: ShownPool, action: ActionId): Promise<boolean> {
  switch (action) {
    case "connect":
      await commands.executeCommand(accountCommands.connect);
      return false;
    case "createBudget":
      await commands.executeCommand(fileCommands.createBudgetFile);
      return false;
    case "retry":
      await commands.executeCommand(accountCommands.refresh);
      return false;
    case "setInAws":
      for (const [arn, value] of context.whatIf)
        await commands.executeCommand(changeCommands.setReservation, arn, value);
      return isSet(context);
    case "writeBudget":
      await writeBudget(context);
      return true;
    case "writeAndPlan": {
      const pool = await writeBudget(context);
      await commands.executeCommand(changeCommands.showPlan, { node: { subject: { kind: "pool", pool } } });
      return true;
    }
    case "discard":
      return true;
  }
}

/** Does the account have what was typed? A change that was cancelled or refused leaves it to be tried again. */
function isSet({ account, whatIf }: ShownPool): boolean {
  const functions = new Map(shownSnapshot(account.state)?.functions.map(({ arn, reserved }) => [arn, reserved]));
  return [...whatIf].every(([arn, value]) => functions.get(arn) === value);
}

/** Goes where the files or the sidebar speak of a slice. */
export async function openPlaceOf(context: ShownPool, key: string, place: Place): Promise<void> {
  const { chosen, pools } = context;
  if (chosen === accountSource) {
    if (!(await context.reveal({ arn: key, key }))) throw new UserError("The function is not in the sidebar any more.");
    return;
  }
  const row = poolOf(context)?.rows.find((each) => each.key === key);
  if (row === undefined) throw new UserError("The function is not in the pool any more.");
  if (place === "tree") {
    await pools.want();
    const shown = await context.reveal({ pool: chosen, key, ...(row.arn !== undefined && { arn: row.arn }) });
    if (!shown) throw new UserError(`${row.name ?? key} is not in the sidebar: open the view “Budget” first.`);
    return;
  }
  const found = row.places[place];
  if (found !== undefined) await context.openPlace(found);
}

/** Writes what was typed into the budget of the pool; the file is shown and not saved. */
async function writeBudget(context: ShownPool): Promise<PoolView> {
  const { whatIf, server } = context;
  const pool = poolOf(context);
  const { client } = server;
  if (pool?.budget === undefined || client === undefined)
    throw new UserError("The budget is not known any more. Nothing was written.");
  const { poolGrantsRequest } = await import("../languageClient.ts");
  const grants = Object.fromEntries(whatIf);
  const written = await client.sendRequest(poolGrantsRequest, { pool: pool.id, grants });
  if (written === null) throw new UserError(`${pool.name} has no budget any more. Nothing was written.`);
  if (written.left.length > 0) throw new UserError(`Nothing was written. ${list(written.left)}`);
  const edit = (await client.protocol2CodeConverter.asWorkspaceEdit(written.edit)) ?? new WorkspaceEdit();
  const file = Uri.parse(pool.budget);
  if (!(await workspace.applyEdit(edit)))
    throw new UserError(`${workspace.asRelativePath(file)} was changed meanwhile. Nothing was written; try again.`);
  await window.showTextDocument(file);
  return pool;
}

function poolOf({ chosen, pools }: ShownPool): PoolView | undefined {
  return pools.pools?.find(({ id }) => id === chosen);
}
