import type { KillRecord, LiveFunction } from "#core";

/** How many steps of a kill hold now, the reservation included; undefined where something was not read. */
export function stepsDone(
  { before, killedTo }: KillRecord,
  { reserved, details }: LiveFunction,
): { readonly done: number; readonly total: number } | undefined {
  if (details === undefined || details.problems.length > 0) return undefined;
  const steps = [
    reserved === killedTo,
    ...before.provisioned.map(({ qualifier }) => !details.provisioned.some((config) => config.qualifier === qualifier)),
    ...before.targets.map(({ qualifier }) =>
      details.targets.some(
        (target) =>
          target.qualifier === qualifier && target.suspended.in && target.suspended.out && target.suspended.scheduled,
      ),
    ),
    ...before.mappings.map(({ uuid }) => details.mappings.some((mapping) => mapping.uuid === uuid && !mapping.enabled)),
  ];
  return { done: steps.filter(Boolean).length, total: steps.length };
}
