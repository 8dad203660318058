import { environmentsOf, type KnownEnvironments } from "#core";
import { environmentsRequest } from "#protocol";
import { nearbyEnvironments } from "#workspaceFiles";
import { stopIfCancelled } from "./cancellation.ts";
import type { Collaborators } from "./collaborators.ts";

/** Answers which accounts budgets call production. What is not known counts as if it said so. */
export function registerEnvironments({ connection, analyser, project, settings, faults, ready }: Collaborators): void {
  connection.onRequest(environmentsRequest, async (token): Promise<KnownEnvironments> => {
    await ready;
    stopIfCancelled(token);
    if (!settings.current.enable) return "unread";
    const inFolders = faults.guard("The environments", () => environmentsOf(analyser.analysis())) ?? "unread";
    // A folder of a repository may be opened alone, without the budget above it.
    const nearby = await Promise.all(project.folders.map(nearbyEnvironments));
    const all = [inFolders, ...nearby];
    return all.includes("unread") ? "unread" : all.flatMap((found) => (found === "unread" ? [] : found));
  });
}
