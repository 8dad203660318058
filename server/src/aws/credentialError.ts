import { AccountError } from "./accountError.ts";
import type { CredentialSource } from "./credentialSource.ts";
import { type Failure, readFailure } from "./failure.ts";
import { networkAdvice } from "./networkError.ts";
import { expiredSentence, isCredentialError, toAccountError } from "./toAccountError.ts";

/** What to do when credentials from there have expired; the beginning of a sentence. */
export function remedyFor(source: CredentialSource): string {
  if (source.kind === "environment")
    return "Put new ones into AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN";
  if (source.kind !== "profile") return "Sign in again where they come from";
  const { name, section } = source.root;
  if (isSso(source)) return `Run "aws sso login --profile ${name}"`;
  if (section.login_session !== undefined) return `Run "aws login --profile ${name}"`;
  if (section.credential_process !== undefined) return `Sign in again with the tool that profile ${name} runs`;
  if (section.aws_access_key_id !== undefined) return `Put new keys into profile ${name}`;
  return "Sign in again where they come from";
}

/** Neither environment nor machine have credentials. */
export function noMachineCredentials(): AccountError {
  return new AccountError(
    "noCredentials",
    "There are no credentials: no profile is chosen, the environment has no keys, and this machine offers none. Choose a profile, or set one up with `aws configure sso` or `aws login`.",
  );
}

/** One sentence for why no credentials came. What programs and files said is left out: it may be secret. */
export function toCredentialError(error: unknown, source: CredentialSource): AccountError {
  if (error instanceof AccountError) return error;
  const failure = readFailure(error);
  if (failure.name === "AbortError") return toAccountError(error);
  if (source.kind === "machine") return machineError(error, failure);
  if (source.kind !== "profile") return toAccountError(error);
  const { message } = failure;
  if (/MultiFactorAuthentication/.test(message))
    return new AccountError(
      "denied",
      `AWS did not accept the MFA code for profile ${source.name}. Connect again with the next code.`,
    );
  const code = failure.code ?? networkCode(message);
  const host = failure.host ?? /\b(?:connect|getaddrinfo) E[A-Z_]+ (\S+)/.exec(message)?.[1];
  const network = { ...failure, ...(code === undefined ? {} : { code }), ...(host === undefined ? {} : { host }) };
  if (code !== undefined && networkAdvice(network) !== undefined)
    return toAccountError(Object.assign(new Error(message), { code, host }));
  // With a status it is an answer of STS, which says more than the profile does.
  const own = isCredentialError(failure) || failure.status === undefined ? profileError(message, source) : undefined;
  return own ?? toAccountError(error, "sts:AssumeRole");
}

function machineError(error: unknown, failure: Failure): AccountError {
  if (failure.code === "ENOENT" || failure.code === "EACCES")
    return new AccountError(
      "noCredentials",
      "The web identity token cannot be read. Correct AWS_WEB_IDENTITY_TOKEN_FILE, or choose a profile.",
    );
  // Whatever is no provider's own error came from STS or the way there.
  if (failure.status !== undefined || failure.name === "Error")
    return toAccountError(error, "sts:AssumeRoleWithWebIdentity");
  return noMachineCredentials();
}

/** The SDK wraps what a login service threw and keeps the text alone. */
function networkCode(message: string): string | undefined {
  const code = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)\b/.exec(
    message,
  )?.[1];
  if (code !== undefined) return code;
  if (/TimeoutError/.test(message)) return "ETIMEDOUT";
  if (/self-signed certificate/.test(message)) return "SELF_SIGNED_CERT_IN_CHAIN";
  const untrusted = /unable to (?:verify|get)\b/.test(message) && /\bcertificate/.test(message);
  return untrusted ? "UNABLE_TO_VERIFY_LEAF_SIGNATURE" : undefined;
}

type ProfileSource = CredentialSource & { readonly kind: "profile" };

function profileError(message: string, source: ProfileSource): AccountError | undefined {
  const { name, section } = source.root;
  if (section.credential_process !== undefined && /credential_process|The program/.test(message)) {
    const kind = /expired/.test(message) ? "expired" : "noCredentials";
    return new AccountError(
      kind,
      `The program of profile ${name} (credential_process) gave no usable credentials: ${programSaid(message)}. Run "aws sts get-caller-identity --profile ${name}" in a terminal to see what it says.`,
    );
  }
  if (isSso(source)) {
    if (/ForbiddenException|No access/.test(message))
      return new AccountError(
        "denied",
        `SSO does not give you role ${section.sso_role_name} in account ${section.sso_account_id} (profile ${name}). Ask whoever assigns roles there.`,
      );
    if (
      /invalid SSO credentials|[Ss]so session '|could not be found|missing required|'sso_|Conflicting SSO/.test(message)
    )
      return new AccountError(
        "noCredentials",
        `The SSO settings of profile ${name} are not complete. Run "aws configure sso --profile ${name}".`,
      );
    if (/expired|invalid|not found|UnauthorizedException|refresh|sso login/i.test(message))
      return new AccountError(
        "expired",
        `The SSO session of profile ${name} has expired or was never started. Run "aws sso login --profile ${name}", then connect again.`,
      );
  }
  if (section.login_session !== undefined && /token|re-?authenticate|session/i.test(message))
    return new AccountError("expired", expiredSentence(remedyFor(source)));
  return undefined;
}

/** Only sentences of the SDK and of this module come through. */
function programSaid(message: string): string {
  if (/invalid JSON/.test(message)) return "what it wrote is not JSON";
  if (/Version 1/.test(message)) return "what it wrote has no Version 1";
  if (/expired credentials/.test(message)) return "they have expired";
  if (/invalid credentials/.test(message)) return "keys are missing in what it wrote";
  return (
    /The program (could not be started|ended (?:with|by) [\w ]+)/.exec(message)?.[0].replace("The program", "it") ??
    "it failed"
  );
}

function isSso({ root }: ProfileSource): boolean {
  return root.section.sso_session !== undefined || root.section.sso_start_url !== undefined;
}
