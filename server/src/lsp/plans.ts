import { poolBudgetPlan, poolGrants, poolTakeOver } from "#core";
import { budgetPlanRequest, poolGrantsRequest, takeOverRequest } from "#protocol";
import { stopIfCancelled } from "./cancellation.ts";
import type { Collaborators } from "./collaborators.ts";

/** Answers what budgets and accounts would take over from each other. The client changes both; the server changes neither. */
export function registerPlans(all: Collaborators): void {
  const { connection, analyser, client, documents, settings, workspace, faults, ready } = all;
  const context = () => ({
    sources: workspace,
    analysis: analyser.analysis(),
    options: {
      versionOf: (uri: string) => documents.get(uri)?.text.version ?? null,
      documentChanges: client.documentChanges,
    },
  });

  connection.onRequest(budgetPlanRequest, async ({ pool }, token) => {
    await ready;
    stopIfCancelled(token);
    if (!settings.current.enable) return null;
    return faults.guard("The plan of a budget", () => poolBudgetPlan(context(), pool)) ?? null;
  });

  connection.onRequest(takeOverRequest, async ({ pool }, token) => {
    await ready;
    stopIfCancelled(token);
    if (!settings.current.enable) return null;
    return faults.guard("Taking over from the account", () => poolTakeOver(context(), pool)) ?? null;
  });

  connection.onRequest(poolGrantsRequest, async ({ pool, grants }, token) => {
    await ready;
    stopIfCancelled(token);
    if (!settings.current.enable) return null;
    return faults.guard("Writing a budget", () => poolGrants(context(), pool, grants)) ?? null;
  });
}
