import { type Memento, workspace } from "vscode";
import { type AccountIdentity, accountKey } from "#core";
import { section, settings } from "../ids.ts";
import { UserError } from "../userError.ts";

const key = "account.changesAllowed";

/** More accounts than this are not remembered; the one allowed longest ago is asked about again. */
const remembered = 100;

/** Which accounts the user has allowed the editor to change. */
export interface Permission {
  /** Whether this account may be changed without asking for it once. Throws a `UserError` when the settings never allow changes. */
  isAllowed(identity: AccountIdentity): boolean;
  allow(identity: AccountIdentity): Promise<void>;
}

/** What the user has allowed, as settings say and `memory` keeps it. */
export function permissionIn(memory: Memento): Permission {
  return {
    isAllowed: (identity) => isAllowed(memory, identity),
    allow: (identity) => allow(memory, identity),
  };
}

function isAllowed(memory: Memento, identity: AccountIdentity): boolean {
  const setting = workspace.getConfiguration(section).get<string>(settings.allowChanges, "ask");
  if (setting === "never") {
    throw new UserError(
      `Accounts are only read here: your setting “${section}.${settings.allowChanges}” is “never”. Nothing was changed.`,
    );
  }
  return setting === "always" || memory.get<readonly string[]>(key, []).includes(accountKey(identity));
}

async function allow(memory: Memento, identity: AccountIdentity): Promise<void> {
  const own = accountKey(identity);
  const others = memory.get<readonly string[]>(key, []).filter((each) => each !== own);
  await memory.update(key, [...others, own].slice(-remembered));
}

/** Account ids and aliases that the settings call production. */
export function productionAccounts(): readonly string[] {
  const named = workspace.getConfiguration(section).get<unknown>(settings.productionAccounts, []);
  return Array.isArray(named) ? named.map((name) => String(name).trim()) : [];
}
