import type { Session } from "#aws";
import { isLoopbackHost, type LoadShape } from "#core";
import type { LoadTarget } from "#load";
import type { LoadOutcome } from "#operations";
import { terminalState } from "../account/changeUi.ts";
import { checkGivenAccount } from "../account/confirm.ts";
import { loadAws, loadOperations } from "../account/openAccount.ts";
import { choiceOf } from "../account/options.ts";
import { withSession } from "../account/withSession.ts";
import { exitCodes, UsageError } from "../exitCodes.ts";
import type { Io } from "../io.ts";
import type { Options } from "../options.ts";
import { generatorFor } from "./generator.ts";
import { loadModule } from "./loadModule.ts";
import { loadUi } from "./loadUi.ts";
import type { Payload } from "./payloadOf.ts";
import { urlRequest } from "./urlRequest.ts";

/** What is asked for on the command line. */
export interface FunctionLoad {
  /** Without account, version or alias. */
  readonly name: string;
  /** Version or alias to invoke. */
  readonly qualifier?: string;
  /** Where the function is reached; absent: it is invoked by name. */
  readonly url?: URL;
  readonly shape: LoadShape;
  /** Milliseconds. */
  readonly timeout: number;
  readonly payload?: Payload;
  /** Runs again with this reservation. */
  readonly reserve?: number;
  readonly repeat?: number;
}

/** Load on a function of the account, by name or behind a URL. Resolves to the exit code. */
export async function loadFunction(wish: FunctionLoad, options: Options, io: Io): Promise<number> {
  return await withSession(choiceOf(options), io, async (session, signal) => {
    await checkGivenAccount(options, session.identity);
    await checkUrl(wish, session, options, signal);
    const { load } = await loadOperations();
    const target = await targetOf(wish, session, options);
    try {
      const generator = await generatorFor(target, wish.timeout);
      const { name, shape, timeout, payload, reserve, repeat } = wish;
      const floor = options.number("floor");
      const outcome = await load(
        {
          session,
          state: await terminalState(io),
          ui: loadUi(options, io, signal),
        },
        {
          target: target.name,
          name,
          shape,
          timeout,
          ...(payload !== undefined && { payload }),
          generator,
          ...(reserve !== undefined && { reserve }),
          ...(repeat !== undefined && { repeat }),
          ...(options.has("aba") && { again: true }),
          ...(floor !== undefined && { floor }),
          dryRun: options.has("dry-run"),
        },
      );
      return codes[outcome.kind];
    } finally {
      await target.close();
    }
  });
}

const codes: Readonly<Record<LoadOutcome["kind"], number>> = {
  refused: exitCodes.usage,
  broken: exitCodes.usage,
  shown: exitCodes.done,
  cancelled: exitCodes.cancelled,
  failed: exitCodes.account,
  interrupted: exitCodes.cancelled,
  measured: exitCodes.done,
};

async function targetOf(wish: FunctionLoad, session: Session, options: Options): Promise<LoadTarget> {
  const { name, qualifier, url, payload } = wish;
  const { httpTarget } = await loadModule();
  if (url !== undefined) {
    const request = urlRequest(url, options, payload);
    return httpTarget(() => request);
  }
  const { signedInvoke } = await loadAws();
  const { request, route } = await signedInvoke(session, {
    name,
    ...(qualifier !== undefined && { qualifier }),
    ...(payload !== undefined && { payload: payload.text }),
  });
  return httpTarget(request, { ...route, name: `function ${qualifier === undefined ? name : `${name}:${qualifier}`}` });
}

/** Does the account report this URL of the function, or does whoever asks say that it is theirs? Throws a `UsageError`. */
async function checkUrl(
  { url, name }: FunctionLoad,
  session: Session,
  options: Options,
  signal: AbortSignal,
): Promise<void> {
  if (url === undefined || isLoopbackHost(url.hostname) || options.has("i-own-this-endpoint")) return;
  const { readFunctionUrls } = await loadAws();
  const known = await readFunctionUrls(session, name, signal);
  if (known.some((own) => URL.canParse(own) && new URL(own).origin === url.origin)) return;
  throw new UsageError(
    `The account does not report ${url.origin} as a URL of ${name}. If it is yours, add --i-own-this-endpoint. Nothing was sent.`,
  );
}
