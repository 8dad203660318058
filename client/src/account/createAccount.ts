import { devNull } from "node:os";
import {
  CancellationTokenSource,
  EventEmitter,
  type ExtensionContext,
  type LogOutputChannel,
  window,
  workspace,
} from "vscode";
import type { AccountChoice, SessionHost } from "#aws";
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

/** The demo account takes any keys: no file is opened for it, no variable counts. */
const nothing = { AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull };

/**
 * What the module #aws needs of this window: its environment, and the user for the code of an MFA device. The proxy of the
 * `http.proxy` setting needs nothing here: VS Code puts it into Node's own `http` and `https`.
 */
function sessionHost(choice: AccountChoice, signal: AbortSignal): SessionHost {
  return { env: choice.demo ? nothing : process.env, mfaCode: (serial) => askForCode(serial, signal), signal };
}

async function askForCode(serial: string, signal: AbortSignal): Promise<string | undefined> {
  if (signal.aborted) return undefined;
  const source = new CancellationTokenSource();
  const stop = () => source.cancel();
  signal.addEventListener("abort", stop);
  try {
    const code = await window.showInputBox(
      {
        title: "MFA code",
        prompt: `Code that the device ${serial} shows now`,
        password: true,
        ignoreFocusOut: true,
        validateInput: (text) => (/^\d{6}$/.test(text.trim()) ? undefined : "The code has 6 digits."),
      },
      source.token,
    );
    return code?.trim();
  } finally {
    signal.removeEventListener("abort", stop);
    source.dispose();
  }
}

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
