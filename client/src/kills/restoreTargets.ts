import type { ListedKill } from "#aws";
import { type AccountSnapshot, callerText, isoText, num, stateText } from "#core";
import type { PoolView } from "#protocol";
import { isOverdue } from "./killState.ts";
import { killTargets } from "./killTargets.ts";

/** Something that a restore offers: a killed function, or those of a group or stack as one. */
export interface RestoreTarget {
  readonly kind: "group" | "stack" | "kill";
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** FunctionNames, all of them killed. */
  readonly names: readonly string[];
}

/** Everything that can be restored: kill groups and stacks of which something is killed, and the kills, oldest first. */
export function restoreTargets(
  kills: readonly ListedKill[],
  snapshot: AccountSnapshot,
  pools: readonly PoolView[],
  now: Date,
): readonly RestoreTarget[] {
  const killed = new Set(kills.map(({ record }) => record.name));
  const several = killTargets(snapshot, pools).flatMap(({ kind, label, names }): readonly RestoreTarget[] => {
    const off = names.filter((name) => killed.has(name));
    if (kind === "function" || off.length === 0) return [];
    const description = `${num(off.length)} of ${num(names.length)} killed`;
    return [{ kind, label, description, detail: off.join(", "), names: off }];
  });
  return [...several, ...kills.map((kill) => ofKill(kill, now))];
}

function ofKill(kill: ListedKill, now: Date): RestoreTarget {
  const { name, at, who, reason, before } = kill.record;
  return {
    kind: "kill",
    label: name,
    description: [
      ...(isOverdue(kill, now) ? ["$(warning) reminder due"] : []),
      `since ${isoText(at, now)}`,
      callerText(who),
      ...(reason === "" ? [] : [reason]),
    ].join(" · "),
    detail: `Comes back: ${stateText(before)}`,
    names: [name],
  };
}
