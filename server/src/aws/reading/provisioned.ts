import { ListProvisionedConcurrencyConfigsCommand } from "@aws-sdk/client-lambda";
import type { LiveProvisioned } from "#core";
import type { Session } from "../session.ts";
import { callLambda } from "./callAws.ts";
import { allPages } from "./pages.ts";

const LARGEST_PAGE = 50;

/** The provisioned concurrency of a function's versions and aliases. Throws an `AccountError`. */
export async function listProvisioned(
  session: Session,
  name: string,
  signal: AbortSignal | undefined,
): Promise<readonly LiveProvisioned[]> {
  const operation = "ListProvisionedConcurrencyConfigs";
  const configs = await allPages(
    `lambda:${operation}`,
    async (marker) => {
      const command = new ListProvisionedConcurrencyConfigsCommand({
        FunctionName: name,
        MaxItems: LARGEST_PAGE,
        ...(marker === undefined ? {} : { Marker: marker }),
      });
      const answer = await callLambda(session, operation, (sending) => session.lambda.send(command, sending), signal);
      return { items: answer.ProvisionedConcurrencyConfigs, next: answer.NextMarker };
    },
    ({ FunctionArn }) => FunctionArn,
  );
  return configs.flatMap((config) => {
    const qualifier = config.FunctionArn?.split(":")[7];
    const requested = config.RequestedProvisionedConcurrentExecutions;
    if (qualifier === undefined || requested === undefined) return [];
    return {
      qualifier,
      requested,
      allocated: config.AllocatedProvisionedConcurrentExecutions ?? 0,
      status: config.Status ?? "IN_PROGRESS",
      ...(config.StatusReason === undefined ? {} : { statusReason: config.StatusReason }),
    };
  });
}
