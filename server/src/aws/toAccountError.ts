import { num } from "#core";
import { AccountError } from "./accountError.ts";
import { type Failure, readFailure } from "./failure.ts";
import { isCount } from "./invalidMember.ts";
import { type Advice, networkAdvice } from "./networkError.ts";

const expiredNames =
  /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired|TokenRefreshRequiredException)$/;
const invalidKeys =
  /^(UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|InvalidToken|AuthFailure|MissingAuthenticationToken|IncompleteSignature|InvalidSignature|SignatureDoesNotMatch)(Exception)?$/;
const denied = /^(AccessDenied|UnauthorizedOperation|AuthorizationError|NotAuthorized|OptInRequired)/;
const throttled = /^(Throttl|TooManyRequests|RequestLimitExceeded|RequestThrottled|SlowDown|LimitExceededException$)/;

/** One sentence for whatever a call threw, with what to do; an `AccountError` stays what it is. `action`: the IAM action of the call, `lambda:GetFunction`. */
export function toAccountError(error: unknown, action?: string): AccountError {
  if (error instanceof AccountError) return error;
  const failure = readFailure(error);
  const missing = /perform:\s*([\w-]+:\w+)/.exec(failure.message)?.[1] ?? action;
  const named = /below its minimum value of \[(\d+)\]/.exec(failure.message)?.[1];
  const floor = named !== undefined && isCount(Number(named)) ? Number(named) : undefined;
  const [kind, message] = adviceFor(failure, missing, floor);
  return new AccountError(kind, message, {
    ...(missing === undefined ? {} : { action: missing }),
    ...(floor === undefined ? {} : { floor }),
    // What a credential provider throws may quote a command line or what a tool wrote about a login.
    ...(isCredentialError(failure) ? {} : { cause: error }),
  });
}

/** What an aborted signal means: cancelled, unless whoever aborted it gave an `AccountError` or a time ran out. */
export function abortError({ reason }: AbortSignal): AccountError {
  if (reason instanceof AccountError) return reason;
  return readFailure(reason).name === "TimeoutError"
    ? toAccountError(reason)
    : new AccountError("cancelled", "Cancelled.");
}

function adviceFor(failure: Failure, action: string | undefined, floor: number | undefined): Advice {
  const { name, message, status } = failure;
  if (name === "AbortError") return ["cancelled", "Cancelled."];
  if (floor !== undefined)
    return [
      "refused",
      `Lambda refused: ${num(floor)} of the account's concurrency must stay unreserved. Reserve less, lower another function first, or have the account's limit raised.`,
    ];
  if (isExpired(failure)) return ["expired", expiredSentence()];
  if (invalidKeys.test(name)) return ["expired", invalidSentence(failure)];
  if (denied.test(name)) return ["denied", deniedSentence(message, action)];
  if (throttled.test(name) || status === 429)
    return [
      "throttled",
      `${serviceOf(action)} still answers "too many requests" after several attempts. Deployments and other tools use the account's request rate too: try again in a minute.`,
    ];
  return networkAdvice(failure) ?? answered(failure, action);
}

/** Did AWS answer that the credentials have expired? */
export function isExpired({ name }: Failure): boolean {
  return expiredNames.test(name);
}

/** Credentials that ran out; who knows the profile adds what to run. */
export function expiredSentence(
  remedy = "Sign in again where they come from (aws sso login, aws login, new keys)",
): string {
  return `The credentials have expired. ${remedy}, then connect again.`;
}

function invalidSentence({ name, message }: Failure): string {
  if (/Signature (expired|not yet current)/.test(message))
    return "AWS takes the request for too old or too new. Set this machine's clock, then try again.";
  return `AWS does not accept the credentials (${name}). Check that they are those of this partition, still exist, and that the Region is enabled for the account.`;
}

function deniedSentence(message: string, action: string | undefined): string {
  const what = action ?? "this call";
  const who = /User: (arn:\S+) is not authorized/.exec(message)?.[1] ?? "The caller";
  const denying = /with an explicit deny in (?:an? )?([\w -]{1,60}? policy|permissions boundary)/.exec(message)?.[1];
  if (denying !== undefined)
    return `${who} may not use ${what}: a ${denying} denies it explicitly. No other policy can allow it; ask whoever owns that policy.`;
  const lacking = /because no ([\w -]{1,60}?) allows/.exec(message)?.[1];
  if (lacking !== undefined && lacking !== "identity-based policy")
    return `${who} may not use ${what}: no ${lacking} allows it. Ask whoever owns that policy to allow ${what}.`;
  if (what === "sts:AssumeRole")
    return `${who} may not assume the role. Allow sts:AssumeRole in a policy of this identity and in the role's trust policy.`;
  return `${who} may not use ${what}. Add ${what} to a policy of this identity.`;
}

/** What to say about an answer that is an error. */
function answered(failure: Failure, action: string | undefined): Advice {
  const { name, message, status, code } = failure;
  const service = serviceOf(action);
  const said = message === "" ? name : sentence(message);
  if (isCredentialError(failure))
    return [
      "noCredentials",
      `No credentials: ${/^Command failed/.test(message) ? "the program that gives them failed." : said}`,
    ];
  if (name === "SyntaxError" || /Deserialization error|Unexpected token|XML parse error/.test(message))
    return ["failed", notTheService(action)];
  if (status !== undefined && status >= 300 && status < 400)
    return [
      "failed",
      `${service} answered with a redirect (${status}), which no AWS service does and which is not followed. Check the endpoint and the proxy.`,
    ];
  if (status === 501 || /^(UnknownOperation|NotImplemented|InvalidAction)/.test(name))
    return ["failed", `This endpoint does not offer ${action ?? "the call"}.`];
  if (status === 404 || /NotFound/.test(name)) return ["notFound", `${said} It may have been deleted: refresh.`];
  if (status === 409 || /Conflict|InUse/.test(name))
    return ["refused", `${said} Another change is under way: wait until it is done, then try again.`];
  // Errors of AWS have names.
  const anonymous = /^(|Error|Unknown|UnknownError)$/.test(name);
  if (anonymous && (status === 403 || (status !== undefined && status >= 500)))
    return [
      "failed",
      `Something on the way to ${service} answered ${status} without a reason. Check the proxy and the endpoint, then try again.`,
    ];
  if (status === 403) return ["denied", deniedSentence(message, action)];
  if (status !== undefined && status >= 500)
    return ["failed", `${service} failed with an error of its own (${status} ${name}). Try again in a few minutes.`];
  if (status !== undefined && status >= 400) return ["refused", `${service} refused: ${said}`];
  if (code !== undefined && !message.includes(code)) return ["failed", `${said} (${code})`];
  return ["failed", said === "" ? "The call failed without saying why." : said];
}

const services: Readonly<Record<string, string>> = {
  "application-autoscaling": "Application Auto Scaling",
  cloudwatch: "CloudWatch",
  iam: "IAM",
  lambda: "Lambda",
  sts: "STS",
  tag: "The tagging API",
};

/** What to say where something else answers: a sign-in page, another server. */
export function notTheService(action: string | undefined): string {
  return `What answered is not ${serviceOf(action)}. Check the endpoint; a proxy or a sign-in page may have answered instead.`;
}

/** The service of an IAM action, as a sentence begins with it. */
export function serviceOf(action: string | undefined): string {
  return services[action?.split(":")[0] ?? ""] ?? "AWS";
}

/** Did a credential provider of the SDK give up? */
export function isCredentialError({ name }: Failure): boolean {
  return name === "CredentialsProviderError" || name === "TokenProviderError" || name === "ProviderError";
}

function sentence(message: string): string {
  return /[.!?…]$/.test(message) ? message : `${message}.`;
}
