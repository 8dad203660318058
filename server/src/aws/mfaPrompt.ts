import { AccountError } from "./accountError.ts";
import type { CredentialSource } from "./credentialSource.ts";
import type { MfaCode } from "./credentials.ts";
import type { SessionHost } from "./session.ts";

/** Asks for MFA codes while the user waits for a session to open; after `close` a prompt would come out of nowhere. */
export function createMfaPrompt(
  host: Pick<SessionHost, "mfaCode">,
  source: CredentialSource,
): { readonly ask: MfaCode; close(): void } {
  const profile = source.kind === "profile" ? source.name : "";
  let closed = false;
  return {
    close() {
      closed = true;
    },
    async ask(serial) {
      if (closed)
        throw new AccountError("expired", `The credentials of profile ${profile} need a new MFA code. Connect again.`);
      if (host.mfaCode === undefined)
        throw new AccountError(
          "noCredentials",
          `Profile ${profile} asks for an MFA code, which cannot be entered here. Use a terminal, or a profile that does not ask.`,
        );
      const code = (await host.mfaCode(serial).catch(() => undefined))?.trim();
      if (!code) throw new AccountError("cancelled", "Cancelled.");
      return code;
    },
  };
}
