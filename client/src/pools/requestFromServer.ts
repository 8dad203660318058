import type { Event } from "vscode";
import type { Status } from "#protocol";
import type { ServerState } from "../languageServer.ts";

/** What is used of a language server that is asked for something. */
export interface RequestedServer {
  readonly state: ServerState;
  /** What it last said about itself. */
  readonly status: Pick<Status, "state"> | undefined;
  readonly onDidChange: Event<void>;
}

/**
 * Asks a language server once it has read the folders. Undefined when it does not answer: it does not run, checks nothing, refuses, or lets the
 * time pass.
 * @param limit aborted when nobody wants to wait any longer
 */
export async function requestFromServer<Answer>(
  server: RequestedServer,
  ask: () => Promise<Answer>,
  limit: AbortSignal,
): Promise<Answer | undefined> {
  await untilSettled(server, limit);
  // A server that checks nothing knows of no pool.
  if (limit.aborted || server.state !== "running" || server.status?.state === "disabled") return undefined;
  return Promise.race([ask().catch(() => undefined), aborted(limit)]);
}

/** Resolves when the server has read the folders or will not, or the time has passed. */
function untilSettled(server: RequestedServer, limit: AbortSignal): Promise<void> {
  const isSettled = () => {
    const { state, status } = server;
    if (state === "starting") return false;
    return state !== "running" || (status !== undefined && status.state !== "busy");
  };
  if (isSettled() || limit.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      listening.dispose();
      resolve();
    };
    const listening = server.onDidChange(() => {
      if (isSettled()) done();
    });
    limit.addEventListener("abort", done, { once: true });
  });
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}
