import type { KillRecord } from "#core";
import type { ChangeOptions } from "../change/conditional.ts";
import { setMappingEnabled } from "../change/setMappingEnabled.ts";
import { setProvisioned } from "../change/setProvisioned.ts";
import { setReserved } from "../change/setReserved.ts";
import { restoreScalingTarget } from "../change/setScalingTarget.ts";
import type { Session } from "../session.ts";
import type { Step } from "./steps.ts";

/**
 * The other way round; what feeds the function comes back only when it can run again.
 * @param from what the kill set the reservation to
 */
export function restoreSteps(
  session: Session,
  { name, before }: KillRecord,
  from: number | null,
  how: ChangeOptions,
): readonly Step[] {
  const needs = ["reserved"];
  return [
    {
      field: "reserved",
      before: from,
      after: before.reserved,
      needs: [],
      run: () => setReserved(session, name, { from, to: before.reserved }, how),
    },
    ...before.provisioned.map(({ qualifier, requested }) => ({
      field: `provisioned:${qualifier}`,
      before: null,
      after: requested,
      needs,
      run: () => setProvisioned(session, name, qualifier, { from: null, to: requested }, how),
    })),
    ...before.mappings.map(({ uuid }) => ({
      field: `mapping:${uuid}`,
      before: "disabled",
      after: "enabled",
      needs,
      run: () => setMappingEnabled(session, uuid, { from: false, to: true }, how),
    })),
    ...before.targets.map((target) => ({
      field: `target:${target.qualifier}`,
      before: { in: true, out: true, scheduled: true },
      after: target.suspended,
      needs: before.provisioned.map(({ qualifier }) => `provisioned:${qualifier}`),
      run: () => restoreScalingTarget(session, name, target, how),
    })),
  ];
}
