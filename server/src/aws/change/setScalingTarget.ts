import {
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { boundsText, type LiveScalingTarget, qualifierText } from "#core";
import type { Session } from "../session.ts";
import { type ChangeOptions, compareAndSet } from "./compareAndSet.ts";
import type { Outcome } from "./outcome.ts";

type Suspension = LiveScalingTarget["suspended"];

const all: Suspension = { in: true, out: true, scheduled: true };
const dimension = { ServiceNamespace: "lambda", ScalableDimension: "lambda:function:ProvisionedConcurrency" } as const;

/** Suspends all scaling of a target that still is as it was seen. It stays registered: a deregistered one cannot be restored. */
export function setScalingSuspension(
  session: Session,
  name: string,
  target: LiveScalingTarget,
  options?: ChangeOptions,
): Promise<Outcome<LiveScalingTarget | null>> {
  return setSuspension(session, name, target, { from: target.suspended, to: all }, options);
}

/** Takes the suspension of `setScalingSuspension` back where it still is `from`: each of the three switches is as in `target` again. */
export function restoreScalingTarget(
  session: Session,
  name: string,
  target: LiveScalingTarget,
  from: Suspension,
  options?: ChangeOptions,
): Promise<Outcome<LiveScalingTarget | null>> {
  return setSuspension(session, name, target, { from, to: target.suspended }, options);
}

function setSuspension(
  { autoScaling }: Session,
  name: string,
  { qualifier, minimum, maximum }: LiveScalingTarget,
  { from, to }: { readonly from: Suspension; readonly to: Suspension },
  options?: ChangeOptions,
): Promise<Outcome<LiveScalingTarget | null>> {
  const id = `function:${name}:${qualifier}`;
  const is = (state: LiveScalingTarget | null, suspended: Suspension) =>
    state !== null && state.minimum === minimum && state.maximum === maximum && same(state.suspended, suspended);
  // Without capacities this call changes a target that is there, and makes none.
  const register = new RegisterScalableTargetCommand({
    ...dimension,
    ResourceId: id,
    SuspendedState: {
      DynamicScalingInSuspended: to.in,
      DynamicScalingOutSuspended: to.out,
      ScheduledScalingSuspended: to.scheduled,
    },
  });
  return compareAndSet<LiveScalingTarget | null>(
    {
      what: `the scaling target of ${name}, ${qualifierText(qualifier)},`,
      action: "application-autoscaling:RegisterScalableTarget",
      check: `Look at it with: aws application-autoscaling describe-scalable-targets --service-namespace lambda --resource-ids ${id}`,
      read: async () => {
        const command = new DescribeScalableTargetsCommand({ ...dimension, ResourceIds: [id] });
        const { ScalableTargets = [] } = await autoScaling.send(command);
        const found = ScalableTargets.find(({ ResourceId }) => ResourceId === id);
        if (found === undefined) return null;
        const { SuspendedState: state = {} } = found;
        return {
          qualifier,
          minimum: found.MinCapacity ?? 0,
          maximum: found.MaxCapacity ?? 0,
          suspended: {
            in: state.DynamicScalingInSuspended ?? false,
            out: state.DynamicScalingOutSuspended ?? false,
            scheduled: state.ScheduledScalingSuspended ?? false,
          },
        };
      },
      write: () => autoScaling.send(register),
      isFrom: (state) => is(state, from),
      isTo: (state) => is(state, to),
      describe: describeTarget,
    },
    options,
  );
}

function same(a: Suspension, b: Suspension): boolean {
  return a.in === b.in && a.out === b.out && a.scheduled === b.scheduled;
}

function describeTarget(state: LiveScalingTarget | null): string {
  if (state === null) return "not registered";
  const { minimum, maximum, suspended } = state;
  const off = [suspended.in && "scaling in", suspended.out && "scaling out", suspended.scheduled && "schedules"];
  const what = off.filter((name) => name !== false).join(", ");
  return `${boundsText({ min: minimum, max: maximum })}, ${what === "" ? "not suspended" : `suspended: ${what}`}`;
}
