import {
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  PutProvisionedConcurrencyConfigCommand,
} from "@aws-sdk/client-lambda";
import { type LiveProvisioned, qualifierText, valueText } from "#core";
import type { Session } from "../session.ts";
import { type ChangeOptions, compareAndSet } from "./compareAndSet.ts";
import type { Outcome } from "./outcome.ts";

/**
 * Changes the provisioned concurrency of a version or alias where as many are requested as in `from`; null: none. It is `done` when
 * Lambda accepted the request: `found.status` says how far the environments are.
 */
export function setProvisioned(
  session: Session,
  name: string,
  qualifier: string,
  { from, to }: { readonly from: number | null; readonly to: number | null },
  options?: ChangeOptions,
): Promise<Outcome<LiveProvisioned | null>> {
  const { lambda, rateLimiter } = session;
  const target = { FunctionName: name, Qualifier: qualifier };
  return compareAndSet(
    {
      what: `the provisioned concurrency of ${name}, ${qualifierText(qualifier)},`,
      action: to === null ? "lambda:DeleteProvisionedConcurrencyConfig" : "lambda:PutProvisionedConcurrencyConfig",
      check: `Look at it with: aws lambda get-provisioned-concurrency-config --function-name ${name} --qualifier ${qualifier}`,
      read: () => readProvisioned(session, name, qualifier),
      write: () =>
        rateLimiter.run("other", async () => {
          if (to === null) return void (await lambda.send(new DeleteProvisionedConcurrencyConfigCommand(target)));
          const put = { ...target, ProvisionedConcurrentExecutions: to };
          await lambda.send(new PutProvisionedConcurrencyConfigCommand(put));
        }),
      isFrom: (state) => (state?.requested ?? null) === from,
      isTo: (state) => (state?.requested ?? null) === to,
      describe: (state) => valueText(state?.requested ?? null),
    },
    options,
  );
}

/** Reads the provisioned concurrency of a version or alias; null: none. */
export async function readProvisioned(
  { lambda, rateLimiter }: Session,
  name: string,
  qualifier: string,
): Promise<LiveProvisioned | null> {
  try {
    const command = new GetProvisionedConcurrencyConfigCommand({ FunctionName: name, Qualifier: qualifier });
    const config = await rateLimiter.run("other", () => lambda.send(command));
    return {
      qualifier,
      requested: config.RequestedProvisionedConcurrentExecutions ?? 0,
      allocated: config.AllocatedProvisionedConcurrentExecutions ?? 0,
      status: config.Status ?? "IN_PROGRESS",
      ...(config.StatusReason === undefined ? {} : { statusReason: config.StatusReason }),
    };
  } catch (error) {
    if (error instanceof Error && error.name === "ProvisionedConcurrencyConfigNotFoundException") return null;
    throw error;
  }
}
