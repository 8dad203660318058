import type { KillRecord, LiveScalingTarget } from "#core";
import type { ChangeOptions } from "../change/compareAndSet.ts";
import { setMappingEnabled } from "../change/setMappingEnabled.ts";
import { setProvisioned } from "../change/setProvisioned.ts";
import { setReserved } from "../change/setReserved.ts";
import { restoreScalingTarget } from "../change/setScalingTarget.ts";
import type { Session } from "../session.ts";
import { isKilledTo, isSuspended } from "./killedAs.ts";
import type { FreshFunction } from "./readKillFacts.ts";
import type { Step } from "./steps.ts";

/**
 * The other way round; what feeds the function comes back only when it can run again, and scaling only when the
 * provisioned concurrency of its own version or alias is there.
 * @param isJustKilled this machine saw everything off a moment ago: a read that says otherwise may lag
 */
export function restoreSteps(
  session: Session,
  record: KillRecord,
  fresh: FreshFunction,
  { isJustKilled, ...options }: ChangeOptions & { readonly isJustKilled: boolean },
): readonly Step[] {
  const { name, before } = record;
  const { live, details } = fresh;
  const has = (qualifier: string) => details.provisioned.some((config) => config.qualifier === qualifier);
  const isOff = (uuid: string) => details.mappings.some((mapping) => mapping.uuid === uuid && !mapping.enabled);
  /** What was seen off and reads as on now is written all the same. */
  const how = (wasOff: boolean): ChangeOptions =>
    wasOff || isJustKilled ? { ...options, unexpected: "write" } : options;
  const from = killedNow(record, fresh);
  const needs = ["reserved"];
  return [
    {
      field: "reserved",
      before: from,
      after: before.reserved,
      needs: [],
      run: () => setReserved(session, name, { from, to: before.reserved }, how(live.reserved !== before.reserved)),
    },
    ...before.provisioned.map(({ qualifier, requested }) => ({
      field: `provisioned:${qualifier}`,
      before: null,
      after: requested,
      needs,
      run: () => setProvisioned(session, name, qualifier, { from: null, to: requested }, how(!has(qualifier))),
    })),
    ...before.mappings.map(({ uuid }) => ({
      field: `mapping:${uuid}`,
      before: "disabled",
      after: "enabled",
      needs,
      run: () => setMappingEnabled(session, name, uuid, { from: false, to: true }, how(isOff(uuid))),
    })),
    ...before.targets.map((target) => {
      const { qualifier, suspended: to } = target;
      const suspended = suspendedNow(target, fresh);
      const own = before.provisioned.filter((config) => config.qualifier === qualifier);
      return {
        field: `target:${qualifier}`,
        before: suspended,
        after: to,
        needs: [...needs, ...own.map(() => `provisioned:${qualifier}`)],
        run: () => restoreScalingTarget(session, name, target, suspended, how(isSuspendedIn(target, fresh))),
      };
    }),
  ];
}

function isSuspendedIn({ qualifier }: LiveScalingTarget, { details }: FreshFunction): boolean {
  return details.targets.some((target) => target.qualifier === qualifier && isSuspended(target));
}

/** What the kill has set the reservation to, of which a kill that was made stricter has two. */
function killedNow(record: KillRecord, { live }: FreshFunction): number | null {
  return isKilledTo(record, live.reserved) ? live.reserved : record.killedTo;
}

/** What of the scaling is suspended: by the kill all of it, unless somebody resumed some. */
function suspendedNow({ qualifier, suspended: to }: LiveScalingTarget, { details }: FreshFunction) {
  const now = details.targets.find((target) => target.qualifier === qualifier)?.suspended;
  const isBack = now === undefined || (now.in === to.in && now.out === to.out && now.scheduled === to.scheduled);
  return isBack ? { in: true, out: true, scheduled: true } : now;
}
