import { EventEmitter, type ExtensionContext, type LogOutputChannel, workspace } from "vscode";
import type { AccountChoice } from "#aws";
import { readFirst } from "#core";
import { systemClock } from "../clock.ts";
import { section } from "../ids.ts";
import { namedInFiles } from "../pools/poolFacts.ts";
import type { PoolsStore } from "../pools/poolsStore.ts";
import { accountMemory } from "./accountMemory.ts";
import { readSettings } from "./accountSettings.ts";
import { AccountStore } from "./accountStore.ts";
import { DemoProcess } from "./demoProcess.ts";
import { untrusted } from "./openAccount.ts";
import { sessionHost } from "./sessionHost.ts";

/** The account of this window, and the demo account that it can start. */
export interface AccountParts {
  readonly account: AccountStore;
  readonly demo: DemoProcess;
  /** What the user chose last in this workspace: names only. */
  readonly lastChoice: () => AccountChoice | undefined;
  dispose(): void;
}

/** Makes the account and reads nothing: `#aws` is loaded by the first connection. */
export function createAccount(context: ExtensionContext, log: LogOutputChannel, pools: PoolsStore): AccountParts {
  const changes = new EventEmitter<void>();
  const demo = new DemoProcess(context.asAbsolutePath("dist/cli.js"), log);
  const memory = accountMemory(context);
  const account = new AccountStore({
    aws: async () => await import("#aws"),
    host: sessionHost,
    changes,
    clock: systemClock,
    settings: readSettings,
    memory,
    first: async () => readFirst(namedInFiles(await pools.whenKnown())),
    refusal: () => (workspace.isTrusted ? undefined : untrusted),
    chosen: (choice) => demo.keepFor(choice),
    warn: (message, error) => log.warn(message, ...(log.logLevel <= 2 ? [error] : [])),
  });
  const following = workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(section)) account.settingsChanged();
  });
  return {
    account,
    demo,
    lastChoice: memory.lastChoice,
    dispose() {
      following.dispose();
      account.dispose();
      demo.stop();
      changes.dispose();
    },
  };
}
