import { InvokeCommand } from "@aws-sdk/client-lambda";
import type { HttpRequest } from "@smithy/core/protocols";
import type { FinalizeRequestMiddleware } from "@smithy/types";
import type { Route, Session } from "./session.ts";
import { toAccountError } from "./toAccountError.ts";

/** What is invoked, each time the same. */
export interface InvokeWish {
  readonly name: string;
  /** Version or alias; absent: `$LATEST`. */
  readonly qualifier?: string;
  /** JSON. Absent: no payload. */
  readonly payload?: string;
}

/** A request that Lambda takes as it is. */
export interface SignedRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** Signed requests for one function. */
export interface SignedInvoke {
  /** How its requests leave this machine. */
  readonly route: Route;
  /** The request to send now. A signature is used again for 30 seconds, of the five minutes in which Lambda takes it. */
  request(): SignedRequest;
}

const SIGNED_AGAIN = 30_000;

/**
 * Synchronous invocations of a function as signed requests: whoever sends them decides how, repeats nothing and keeps to no
 * rate budget, which would hide what is measured. Throws an `AccountError` when it cannot be signed.
 */
export async function signedInvoke(session: Session, wish: InvokeWish, now = Date.now): Promise<SignedInvoke> {
  let signed = await sign(session, wish);
  let signedAt = now();
  return {
    route: session.routeTo(signed.url.href),
    request() {
      if (now() - signedAt > SIGNED_AGAIN) {
        signedAt = now();
        // The last signature serves until Lambda refuses it, which the report then shows.
        sign(session, wish).then(
          (fresh) => {
            signed = fresh;
          },
          () => {},
        );
      }
      return signed;
    },
  };
}

/** The SDK builds and signs the request, and hands it out instead of sending it. */
async function sign(session: Session, { name, qualifier, payload }: InvokeWish): Promise<SignedRequest> {
  const command = new InvokeCommand({
    FunctionName: name,
    ...(qualifier !== undefined && { Qualifier: qualifier }),
    ...(payload !== undefined && { Payload: Buffer.from(payload) }),
  });
  let request: HttpRequest | undefined;
  const take: FinalizeRequestMiddleware<object, object> = () => async (args) => {
    request = args.request as HttpRequest;
    return { response: { headers: {} }, output: { $metadata: {} } };
  };
  command.middlewareStack.addRelativeTo(take as never, {
    name: "takeSignedRequest",
    relation: "after",
    toMiddleware: "httpSigningMiddleware",
  });
  await session.lambda.send(command).catch((error: unknown) => {
    throw toAccountError(error, "lambda:InvokeFunction");
  });
  if (request === undefined) throw new Error("The SDK gave no request.");
  return requestOf(request, payload);
}

function requestOf(
  { protocol, hostname, port, path, query, method, headers }: HttpRequest,
  payload: string | undefined,
): SignedRequest {
  const url = new URL(`${protocol}//${hostname}${port === undefined ? "" : `:${port}`}${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value ?? ""));
  // The client that sends it sets its own.
  const { host: _, "content-length": __, ...rest } = headers;
  return { url, method, headers: rest, ...(payload !== undefined && { body: Buffer.from(payload) }) };
}
