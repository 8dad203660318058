import type { IncomingHttpHeaders } from "node:http";
import { ServiceError } from "../serviceError.ts";

/** Names that always mean this machine, with any port: somebody may forward one. */
const thisMachine = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|(?:[\w-]+\.)*localhost)(?::\d+)?$/i;

/**
 * Why a request is not answered, if it is not: the account takes no signature for proof, so that any web page which a browser on this
 * machine shows could otherwise read and change it. Browsers name the page in `Origin` and `Sec-Fetch-Site` (`none`: somebody typed the
 * address), and the host that a page believes to talk to in `Host`: of its own when its name was made to lead to this machine.
 */
export function refusal({
  host = "",
  origin,
  "sec-fetch-site": site = "none",
}: IncomingHttpHeaders): ServiceError | undefined {
  if (!thisMachine.test(host))
    return new ServiceError(
      "MisdirectedRequestException",
      421,
      "The demo account answers to 127.0.0.1 and localhost only.",
    );
  if (origin === undefined && site === "none") return undefined;
  return new ServiceError("AccessDeniedException", 403, "The demo account does not answer web pages.");
}
