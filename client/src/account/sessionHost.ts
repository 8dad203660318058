import { CancellationTokenSource, window, workspace } from "vscode";
import type { SessionHost } from "#aws";

/** What the account room needs of this window: its environment, VS Code's proxy, and the user for the code of an MFA device. */
export function sessionHost(signal: AbortSignal): SessionHost {
  return { env: environment(), mfaCode: (serial) => askForCode(serial, signal), signal };
}

/** The environment, with the proxy of VS Code's settings where the environment names none. */
function environment(): SessionHost["env"] {
  const { env } = process;
  const http = workspace.getConfiguration("http");
  const proxy = http.get("proxy", "");
  const named = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"].some((name) => env[name]);
  if (proxy === "" || named || http.get("proxySupport") === "off") return env;
  const direct = http.get<readonly string[]>("noProxy", []);
  return {
    ...env,
    HTTPS_PROXY: proxy,
    HTTP_PROXY: env.HTTP_PROXY ?? env.http_proxy ?? proxy,
    NO_PROXY: env.NO_PROXY ?? env.no_proxy ?? ["127.0.0.1", "localhost", ...direct].join(","),
  };
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
