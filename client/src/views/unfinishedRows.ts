import type { ApplyRecord } from "#aws";
import { isoText, many, num, plain } from "#core";
import { changeCommands } from "../ids.ts";
import type { ViewNode } from "../tree/node.ts";

/** What a row about an apply that ended half way says. */
export type UnfinishedApply = Pick<ApplyRecord, "id" | "title" | "at" | "who" | "next"> & {
  readonly steps: readonly unknown[];
};

/** A row for each apply to this account that ended half way on this machine; a click settles it. */
export function unfinishedRows(key: string, applies: readonly UnfinishedApply[]): readonly ViewNode[] {
  return applies.map(({ id, title, at, who, next, steps }) => {
    const label = "Unfinished apply";
    const description = `${title} · ${num(next)} of ${many(steps.length, "step")}`;
    return {
      id: `${key}/unfinished/${id}`,
      label,
      description,
      icon: { id: "warning", color: "list.warningForeground" },
      context: "unfinished",
      spoken: `${label}: ${title}, ${num(next)} of ${many(steps.length, "step")} made`,
      command: { id: changeCommands.finishApply, title: "Finish or Undo an Apply" },
      tooltip: (now) =>
        plain(
          `${title}, begun ${isoText(at, now)} by ${who}, ended after ${num(next)} of ${many(steps.length, "step")}. Finish it, take it back, or leave it as it is; until then no other apply to this account is begun on this machine.`,
        ),
      stamp: at,
    };
  });
}
