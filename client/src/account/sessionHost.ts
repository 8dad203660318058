import { devNull } from "node:os";
import { CancellationTokenSource, window } from "vscode";
import type { AccountChoice, SessionHost } from "#aws";

/** The demo account takes any keys: no file is opened for it, no variable counts. */
const nothing = { AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull };

/**
 * What the module #aws needs of this window: its environment, and the user for the code of an MFA device. The proxy of the
 * `http.proxy` setting needs nothing here: VS Code puts it into Node's own `http` and `https`.
 */
export function sessionHost(choice: AccountChoice, signal: AbortSignal): SessionHost {
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
