import type { KillRecord } from "#core";
import type { ChangeOptions } from "../change/compareAndSet.ts";
import { setMappingEnabled } from "../change/setMappingEnabled.ts";
import { setProvisioned } from "../change/setProvisioned.ts";
import { setReserved } from "../change/setReserved.ts";
import { setScalingSuspension } from "../change/setScalingTarget.ts";
import type { Session } from "../session.ts";
import type { Step } from "./steps.ts";

/** How the steps of a kill are run. */
export interface KillHow extends ChangeOptions {
  /** The reservation as it was seen. */
  readonly reserved: number | null;
  /** Nothing else is done unless the reservation was accepted, which says that nothing is provisioned. */
  readonly reservedFirst?: boolean;
  /** Everything was seen on a moment ago: what reads as off now may lag. */
  readonly isNew: boolean;
}

/** Targets first, so that they bring nothing back; then what feeds the function; the reservation when nothing provisioned is left. */
export function killSteps(
  session: Session,
  { name, before, killedTo }: KillRecord,
  { reserved: from, reservedFirst, isNew, ...options }: KillHow,
): readonly Step[] {
  const how: ChangeOptions = isNew ? { ...options, unexpected: "already" } : options;
  const needs = reservedFirst ? ["reserved"] : [];
  const feeding: readonly Step[] = [
    ...before.targets.map((target) => ({
      field: `target:${target.qualifier}`,
      before: target.suspended,
      after: { in: true, out: true, scheduled: true },
      needs,
      run: () => setScalingSuspension(session, name, target, how),
    })),
    ...before.mappings.map(({ uuid }) => ({
      field: `mapping:${uuid}`,
      before: "enabled",
      after: "disabled",
      needs,
      run: () => setMappingEnabled(session, name, uuid, { from: true, to: false }, how),
    })),
  ];
  const provisioned: readonly Step[] = before.provisioned.map(({ qualifier, requested }) => ({
    field: `provisioned:${qualifier}`,
    before: requested,
    after: null,
    needs: [],
    run: () => setProvisioned(session, name, qualifier, { from: requested, to: null }, how),
  }));
  const reserved: Step = {
    field: "reserved",
    before: from,
    after: killedTo,
    needs: provisioned.map(({ field }) => field),
    run: () => setReserved(session, name, { from, to: killedTo }, from === killedTo ? options : how),
  };
  return reservedFirst ? [...provisioned, reserved, ...feeding] : [...feeding, ...provisioned, reserved];
}
