import type * as aws from "#aws";
import type * as operations from "#operations";
import type { Io } from "../io.ts";
import { loadBundle } from "../loadBundle.ts";
import { printable } from "../reporters/terminal.ts";

/** The account module, which holds the AWS SDK: it is loaded when a command needs an account, and not before. */
export async function loadAws(): Promise<typeof aws> {
  return await loaded(async () => await import("#aws"));
}

/** What changes an account; in one bundle with the account module. */
export async function loadOperations(): Promise<typeof operations> {
  return await loaded(async () => await import("#operations"));
}

async function loaded<Module>(load: () => Promise<Module>): Promise<Module> {
  // Which Node the SDK of this bundle will support next year is nothing that whoever runs it can act on.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  return await loadBundle("aws.cjs", load);
}

/** Opens the account. Rejects with an `AccountError`. */
export async function openAccount(choice: aws.AccountChoice, io: Io, signal: AbortSignal): Promise<aws.Session> {
  const { openSession } = await loadAws();
  const { ask } = io;
  return await openSession(choice, {
    env: io.env,
    signal,
    ...(ask && { mfaCode: (serial: string) => ask(`Code of the MFA device ${printable(serial)}: `) }),
  });
}
