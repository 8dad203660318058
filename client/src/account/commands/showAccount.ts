import { commands } from "vscode";
import { viewIds } from "../../ids.ts";

/** Brings the Account view to the front. */
export async function showAccount(): Promise<void> {
  await commands.executeCommand(`${viewIds.account}.focus`);
}
