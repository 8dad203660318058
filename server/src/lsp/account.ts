import { isDeepStrictEqual } from "node:util";
import {
  type AccountSnapshot,
  accountKey,
  checkSnapshot,
  functionAt,
  type PoolLink,
  type PoolView,
  poolViews,
} from "#core";
import { accountNotification, functionAtRequest, poolsRequest } from "#protocol";
import { canonicalUri } from "#workspaceFiles";
import { stopIfCancelled } from "./cancellation.ts";
import type { Collaborators } from "./collaborators.ts";

/** What the client last said about the account: options of the analysis. */
export interface AccountFacts {
  readonly snapshots: readonly AccountSnapshot[];
  readonly links: readonly PoolLink[];
}

/** Nobody is connected. */
export const noAccount: AccountFacts = { snapshots: [], links: [] };

/** Takes over what the client knows about the account, and answers how it stands beside budgets and templates. */
export function registerAccount(all: Collaborators): void {
  const { connection, account, analyser, followUp, settings, workspace, project, faults, ready } = all;

  connection.onNotification(accountNotification, (sent: unknown) => {
    const { current } = account;
    const told = readAccount(sent);
    const facts = { ...told, snapshots: told.snapshots.map((snapshot) => settled(snapshot, current.snapshots[0])) };
    if (isDeepStrictEqual(facts.links, current.links) && facts.snapshots[0] === current.snapshots[0]) return;
    account.current = facts;
    analyser.invalidate();
    followUp.schedule();
  });

  const context = () => ({ sources: workspace, analysis: analyser.analysis(), options: {} });

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

/** While an account is read again, what was known of it stays until the reading has ended: otherwise everything would vanish and come back. */
function settled(told: AccountSnapshot, known: AccountSnapshot | undefined): AccountSnapshot {
  if (told.reading.state !== "reading" || known === undefined || known.reading.state === "reading") return told;
  return accountKey(told.identity) === accountKey(known.identity) ? known : told;
}

/** What is missing or of the wrong form is as if nobody were connected. */
export function readAccount(sent: unknown): AccountFacts {
  const { snapshot, links } = asRecord(sent);
  const checked = checkSnapshot(snapshot);
  return {
    snapshots: checked ? [checked] : [],
    links: Array.isArray(links) ? links.filter(isLink).map((link) => ({ ...link, uri: canonicalUri(link.uri) })) : [],
  };
}

function isLink(sent: unknown): sent is PoolLink {
  const { uri, pool, account, region } = asRecord(sent);
  return [uri, pool, account, region].every((each) => typeof each === "string");
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
