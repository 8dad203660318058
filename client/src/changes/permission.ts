import { type Memento, workspace } from "vscode";
import { type AccountIdentity, accountKey } from "#core";
import { section, settings } from "../ids.ts";
import { UserError } from "../userError.ts";

const key = "account.changesAllowed";

/** More accounts than this are not remembered; the one allowed longest ago is asked about again. */
const remembered = 100;

/** Whether this account may be changed without asking for it once. Throws a `UserError` when the settings never allow changes. */
export function isAllowed(memory: Memento, identity: AccountIdentity): boolean {
  const setting = workspace.getConfiguration(section).get<string>(settings.allowChanges, "ask");
  if (setting === "never") {
    throw new UserError(
      `Accounts are only read here: your setting “${section}.${settings.allowChanges}” is “never”. Nothing was changed.`,
    );
  }
  return setting === "always" || memory.get<readonly string[]>(key, []).includes(accountKey(identity));
}

/** Remembers that the user has allowed this account and Region to be changed. */
export async function allow(memory: Memento, identity: AccountIdentity): Promise<void> {
  const own = accountKey(identity);
  const others = memory.get<readonly string[]>(key, []).filter((each) => each !== own);
  await memory.update(key, [...others, own].slice(-remembered));
}

/** Account ids and aliases that the settings call production. */
export function productionAccounts(): readonly string[] {
  const named = workspace.getConfiguration(section).get<unknown>(settings.productionAccounts, []);
  return Array.isArray(named) ? named.map((name) => String(name).trim()) : [];
}
