import type { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import type { LambdaClient } from "@aws-sdk/client-lambda";
import type { Session } from "#aws";

/** Stands between the SDK and whoever uses it: `around` makes the call, or does not. */
export function interceptCalls(
  { lambda, autoScaling }: Session,
  around: (call: () => Promise<unknown>, command: string) => Promise<unknown>,
): void {
  intercept(lambda, around);
  intercept(autoScaling, around);
}

function intercept(
  client: LambdaClient | ApplicationAutoScalingClient,
  around: Parameters<typeof interceptCalls>[1],
): void {
  const { send } = client;
  const wrapped = (...args: readonly unknown[]) => {
    const name = (args[0] as object).constructor.name.replace(/Command$/, "");
    return around(() => Reflect.apply(send, client, args), name);
  };
  Object.assign(client, { send: wrapped });
}
