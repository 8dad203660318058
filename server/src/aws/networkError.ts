import type { AccountErrorKind } from "./accountError.ts";
import type { Failure } from "./failure.ts";

/** A kind and a sentence. */
export type Advice = readonly [kind: AccountErrorKind, message: string];

const untrusted = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/** What to say when no answer came; nothing when the failure is of another sort. */
export function networkAdvice({ name, code = "", message, host = "AWS", status }: Failure): Advice | undefined {
  // An answer that began well may still be cut off.
  if (status !== undefined && status >= 300 && status !== 407) return undefined;
  if (status === 407)
    return [
      "offline",
      "The proxy wants a user name and a password. Put them into HTTPS_PROXY (http://user:password@host:port).",
    ];
  if (untrusted.has(code))
    return [
      "offline",
      `The certificate of ${host} is signed by an authority that is not known here (${code}). Name the file with its certificate in AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS.`,
    ];
  if (code === "CERT_HAS_EXPIRED" || code === "ERR_TLS_CERT_ALTNAME_INVALID")
    return [
      "offline",
      `The certificate of ${host} is not valid for it (${code}). Check the endpoint, the proxy and this machine's clock.`,
    ];
  if (code === "EPROTO" || code.startsWith("ERR_SSL_"))
    return [
      "offline",
      `${host} does not speak TLS as expected (${code}). Check whether the endpoint or the proxy starts with http:// or https://.`,
    ];
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return ["offline", `${host} cannot be found. Check the network, the Region, the endpoint and HTTPS_PROXY.`];
  if (code === "ECONNREFUSED")
    return ["offline", `Cannot reach ${host}. Is it running? Check the endpoint and HTTPS_PROXY.`];
  if (/^(EHOSTUNREACH|ENETUNREACH|ENETDOWN|EHOSTDOWN|EADDRNOTAVAIL)$/.test(code))
    return ["offline", `${host} cannot be reached (${code}). Check the network and the proxy.`];
  if (code === "ECONNRESET" || code === "EPIPE" || message === "socket hang up")
    return [
      "offline",
      `The connection to ${host} was cut before the answer came. Try again; read the state before a change is repeated.`,
    ];
  // The SDK calls a cut connection a TimeoutError too: the code counts first.
  if (name === "TimeoutError" || code === "ETIMEDOUT" || code === "ESOCKETTIMEDOUT")
    return ["timeout", `${host} did not answer in time. Check the network and the proxy, then try again.`];
  return undefined;
}
