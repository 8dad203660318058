import type { ListedKill } from "#aws";
import {
  type AccountSnapshot,
  isExpired,
  isoText,
  type KillRecord,
  type LiveFunction,
  many,
  num,
  valueText,
} from "#core";
import type { NodeIcon } from "../tree/node.ts";
import type { KillAction } from "./killActivity.ts";

const warning = "list.warningForeground";

/** What was begun and not ended, by the record alone. */
export function unfinished({ stage }: Pick<ListedKill, "stage">): KillAction | undefined {
  if (stage === "restoring") return "restore";
  return stage === "killed" ? undefined : "kill";
}

/** What is not finished, also by what the function looks like: a kill of which a step was refused is still off. */
export function openAction(kill: ListedKill, live: Live): KillAction | undefined {
  const begun = unfinished(kill);
  if (begun !== undefined || !live || live.reserved !== kill.record.killedTo) return begun;
  const steps = stepsDone(kill.record, live);
  return steps !== undefined && steps.done < steps.total ? "kill" : undefined;
}

/** Its reminder is due and it is still off, as far as anybody knows. */
export function isOverdue({ record, elsewhere }: Pick<ListedKill, "record" | "elsewhere">, now: Date): boolean {
  return elsewhere === undefined && isExpired(record, now);
}

/** An account behind an address of this machine: a demo account that may be gone. */
export function isLocal(key: string): boolean {
  return /\/https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?(\/|$)/.test(key);
}

/** What is said of a kill. */
export interface KillState {
  readonly words: readonly string[];
  /** When the reminder is, while that is ahead. */
  readonly end: readonly string[];
  readonly icon: NodeIcon;
  /** Sentences for the tooltip. */
  readonly notes: readonly string[];
}

/** How a kill stands. `action`: what this window is doing to its function. */
export function stateOf(kill: ListedKill, live: Live, action: KillAction | undefined, now: Date): KillState {
  const { record } = kill;
  if (action === "kill") return { words: ["being switched off"], end: [], icon: { id: "loading~spin" }, notes: [] };
  if (action === "restore") return { words: ["being restored"], end: [], icon: { id: "loading~spin" }, notes: [] };
  const words: string[] = [];
  const notes: string[] = [];
  const open = openAction(kill, live);
  const expired = isOverdue(kill, now);
  if (expired && record.until !== undefined) {
    words.push(`reminder was ${isoText(record.until, now)}`);
    notes.push(
      "The reminder is due: restore it, or decide with whoever switched it off. Nothing is restored by itself.",
    );
  }
  if (open !== undefined) {
    const steps = live && open === "kill" ? stepsDone(record, live) : undefined;
    const far = steps === undefined ? "" : `: ${num(steps.done)} of ${many(steps.total, "step")}`;
    words.push(`${open} not finished${far}`);
    notes.push(`Not everything of this ${open} was done. Finish it, or undo what it did.`);
  }
  if (live === null) {
    words.push("function is gone");
    notes.push("There is no such function in the account any more. Forget the record, if nobody needs it.");
  }
  if (kill.elsewhere) {
    words.push("restored elsewhere");
    notes.push(
      "Somebody has restored it on another machine. Restoring it here closes its record and changes nothing else.",
    );
  } else if (live && open === undefined && live.reserved !== record.killedTo && isKnown(live)) {
    words.push(`reservation ${valueText(live.reserved)} now`);
    notes.push("Somebody changed it since, or restored it elsewhere.");
  }
  if (!kill.tagged && !kill.elsewhere) words.push("only this machine");
  if (kill.source === "tags") words.push("from tags");
  const end = expired || kill.elsewhere || record.until === undefined ? [] : [`reminder ${isoText(record.until, now)}`];
  return { words, end, notes, icon: kill.elsewhere ? { id: "check" } : iconOf(expired, open, live) };
}

function iconOf(expired: boolean, open: KillAction | undefined, live: Live): NodeIcon {
  if (expired) return { id: "warning", color: warning };
  if (open !== undefined) return { id: "debug-pause", color: warning };
  if (live === null) return { id: "question", color: "disabledForeground" };
  return { id: "circle-slash", color: "charts.red" };
}

/** The function now; null: the account has none of this name; undefined: not known. */
export type Live = LiveFunction | null | undefined;

/** What the account says of a function of this name. */
export function liveOf(name: string, snapshot: AccountSnapshot | undefined): Live {
  const found = snapshot?.functions.find((fn) => fn.name === name);
  if (found !== undefined) return found;
  return snapshot?.reading.state === "complete" ? null : undefined;
}

function isKnown({ reserved }: LiveFunction): boolean {
  return reserved === null || typeof reserved === "number";
}

/** How many steps of a kill hold now, the reservation included; undefined where something was not read. */
function stepsDone(
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
