import type { ScalableTarget } from "@aws-sdk/client-application-auto-scaling";
import type { LiveScalingTarget } from "#core";

/** The scaling target of an entry in a list, if it belongs to an alias or version of this function. */
export function scalingTargetOf(name: string, entry: ScalableTarget): LiveScalingTarget | undefined {
  const [kind, owner, qualifier] = entry.ResourceId?.split(":") ?? [];
  const { MinCapacity: minimum, MaxCapacity: maximum, SuspendedState: suspended = {} } = entry;
  if (kind !== "function" || owner !== name || qualifier === undefined) return undefined;
  if (minimum === undefined || maximum === undefined) return undefined;
  return {
    qualifier,
    minimum,
    maximum,
    suspended: {
      in: suspended.DynamicScalingInSuspended ?? false,
      out: suspended.DynamicScalingOutSuspended ?? false,
      scheduled: suspended.ScheduledScalingSuspended ?? false,
    },
  };
}
