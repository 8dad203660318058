import { ListProvisionedConcurrencyConfigsCommand } from "@aws-sdk/client-lambda";
import type { PlanFunction } from "#core";
import { askLambda } from "../reading/ask.ts";
import { allPages } from "../reading/pages.ts";
import type { Session } from "../session.ts";

/** What provisioned concurrency a function has, by version or alias. Throws an `AccountError`. */
export async function readProvisionedConfigs(
  session: Session,
  name: string,
  signal?: AbortSignal,
): Promise<PlanFunction["provisioned"]> {
  const action = "ListProvisionedConcurrencyConfigs";
  const configs = await allPages(`lambda:${action}`, async (marker) => {
    const command = new ListProvisionedConcurrencyConfigsCommand({ FunctionName: name, Marker: marker });
    const answer = await askLambda(session, action, (sending) => session.lambda.send(command, sending), signal);
    return { items: answer.ProvisionedConcurrencyConfigs, next: answer.NextMarker };
  });
  return configs.map(({ FunctionArn = "", RequestedProvisionedConcurrentExecutions = 0 }) => ({
    qualifier: FunctionArn.split(":")[7] ?? "",
    requested: RequestedProvisionedConcurrentExecutions,
  }));
}
