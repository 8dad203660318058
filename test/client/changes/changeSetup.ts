import type { TestContext } from "node:test";
import { readSnapshot } from "#aws";
import type { ChangeContext } from "#client/changes/budgetContext.ts";
import type { AccountSnapshot } from "#core";
import type { AccountFile } from "#demo";
import { type OperationSetup, operationSetup } from "../../operations/operationSetup.ts";
import { type FakeUser, type FakeWindow, fakeWindow } from "../operations/fakeWindow.ts";

/** The editor's commands on a demo account, without VS Code. */
export interface ChangeSetup extends OperationSetup<never, { readonly kind: string }> {
  readonly context: ChangeContext;
  readonly window: FakeWindow;
  readonly snapshot: AccountSnapshot;
  /** Functions that were read again. */
  readonly refreshed: readonly string[];
  /** From now on another account is on screen. */
  leave(): void;
}

/** What the editor knows beside the account. */
export interface ChangeSetupOptions {
  readonly account?: AccountFile;
  /** Why the account asks for more care. */
  readonly production?: string;
  /** The floor that budgets state. */
  readonly floor?: number;
}

/** A window in which this user sits, connected to a demo account. */
export async function changeSetup(
  test: TestContext,
  user: FakeUser = {},
  { account, production, floor }: ChangeSetupOptions = {},
): Promise<ChangeSetup> {
  const setup = await operationSetup<never, { readonly kind: string }>(
    test,
    {},
    account === undefined ? {} : { account },
  );
  const window = fakeWindow(user);
  const snapshot = await readSnapshot(setup.session, {});
  setup.proxy.reset();
  const refreshed: string[] = [];
  let current = true;
  const context: ChangeContext = {
    account: {
      withSession: (work) => work({ session: setup.session, snapshot, isCurrent: () => current }),
      refresh: async () => void refreshed.push("*"),
      refreshFunction: async (name) => void refreshed.push(name),
    },
    editor: {
      window,
      permission: { isAllowed: () => true, async allow() {} },
      stateFolder: async () => setup.folder,
      production: async () => production,
      statedFloor: async () => floor,
    },
    unfinished: { async look() {} },
  };
  return {
    ...setup,
    context,
    window,
    snapshot,
    refreshed,
    leave() {
      current = false;
    },
  };
}
