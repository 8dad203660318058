import { isDeepStrictEqual } from "node:util";
import { functionAt, type PoolView, poolViews } from "#core";
import { accountNotification, functionAtRequest, poolsRequest } from "#protocol";
import { canonicalUri } from "#workspaceFiles";
import { type AccountFacts, keepWhileReading, readAccount } from "./accountFacts.ts";
import { stopIfCancelled } from "./cancellation.ts";
import type { Collaborators } from "./collaborators.ts";

/** Takes over what the client knows about the account, and answers how it stands beside budgets and templates. */
export function registerAccount(all: Collaborators): void {
  const { connection, account, analyser, followUp, settings, workspace, project, faults, ready } = all;

  connection.onNotification(accountNotification, (sent: unknown) => {
    const before = account.current;
    const now = keepWhileReading(readAccount(sent), before);
    account.current = now;
    if (!isSame(now, before)) analyser.invalidate();
    // Hints and lenses say what is outdated, although no number is another one.
    if (now.outdated !== before.outdated) followUp.showAgain();
    followUp.now();
  });

  const context = () => {
    const { outdated } = account.current;
    return { sources: workspace, analysis: analyser.analysis(), options: { outdated } };
  };

  connection.onRequest(poolsRequest, async (token): Promise<readonly PoolView[]> => {
    await ready;
    stopIfCancelled(token);
    if (!settings.current.enable) return [];
    return faults.guard("The pools", () => poolViews(context())) ?? [];
  });

  connection.onRequest(functionAtRequest, async ({ uri, position }, token) => {
    await ready;
    stopIfCancelled(token);
    const file = canonicalUri(uri);
    if (!settings.current.enable || project.kindOf(file) === "other") return null;
    return faults.guard("The function at a place", () => functionAt(context(), file, position)) ?? null;
  });
}

/** Would an analysis find the same? */
function isSame(a: AccountFacts, b: AccountFacts): boolean {
  return a.snapshots[0] === b.snapshots[0] && isDeepStrictEqual(a.links, b.links);
}
