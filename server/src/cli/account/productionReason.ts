import type { AccountIdentity, KnownEnvironments } from "#core";
import { nearbyEnvironments } from "#workspaceFiles";
import type { Io } from "../io.ts";
import { loadAws } from "./openAccount.ts";

/**
 * Why a change of this account asks for more care, as a sentence; undefined when it does not. By the budgets that a command names, those
 * near the current folder, and what was seen on this machine before.
 */
export async function productionReason(
  identity: AccountIdentity,
  { cwd, env }: Io,
  named: KnownEnvironments = [],
): Promise<string | undefined> {
  const aws = await loadAws();
  const folder = aws.stateFolder(env);
  const asked = named.length === 0 ? undefined : await aws.productionReason(folder, identity, named);
  return asked ?? (await aws.productionReason(folder, identity, await nearbyEnvironments(cwd)));
}
