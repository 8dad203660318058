import type { KillRecord, LiveScalingTarget } from "#core";

/** Is this reservation what the kill has set? */
export function isKilledTo({ killedTo, leftOne }: KillRecord, reserved: number | null): boolean {
  return reserved === killedTo || (leftOne === true && reserved === 1);
}

/** Is all scaling of the target suspended? */
export function isSuspended({ suspended }: LiveScalingTarget): boolean {
  return suspended.in && suspended.out && suspended.scheduled;
}
