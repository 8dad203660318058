import type { ListedKill } from "#aws";
import { type AccountSnapshot, accountKey, isExpired, type LiveFunction } from "#core";
import type { NodeIcon, ViewNode } from "../views/node.ts";
import { count, counted, markdown, shortValue } from "../views/text.ts";
import { stepsDone } from "./killProgress.ts";
import type { Deed, Warming } from "./killsStore.ts";
import { killTooltip, recordPlace } from "./killTooltip.ts";
import { callerText, stateText } from "./killWords.ts";
import type { KnownKills } from "./mergeKills.ts";
import { isoText } from "./times.ts";

/** What the Kills view is made of. */
export interface KillsTreeInput {
  readonly known: KnownKills;
  readonly warming: readonly Warming[];
  readonly deedOn: (key: string, name: string) => Deed | undefined;
  /** Of the connected account. */
  readonly snapshot?: AccountSnapshot;
  readonly now: Date;
}

/** The Kills view: of the connected account what is expired first, then what is not finished, then the rest, oldest first. */
export function killNodes(input: KillsTreeInput): readonly ViewNode[] {
  const { known, snapshot } = input;
  const key = snapshot && accountKey(snapshot.identity);
  const here = known.kills.filter((kill) => kill.key === key);
  const elsewhere = known.kills.filter((kill) => kill.key !== key);
  return [
    ...problemNodes(known),
    ...sorted(here, input.now).map((kill) => killNode(kill, input, true)),
    ...input.warming.filter((each) => each.key === key).map(warmingNode),
    ...elsewhereNodes(elsewhere, input),
    ...brokenNodes(known),
  ];
}

/** What was begun and not ended, by the record alone. */
export function unfinished({ stage }: Pick<ListedKill, "stage">): Deed | undefined {
  if (stage === "restoring") return "restore";
  return stage === "killed" ? undefined : "kill";
}

/** What is not finished, also by what the function looks like: a kill of which a step was refused is still off. */
function openDeed(kill: ListedKill, live: Live): Deed | undefined {
  const begun = unfinished(kill);
  if (begun !== undefined || !live || live.reserved !== kill.record.killedTo) return begun;
  const steps = stepsDone(kill.record, live);
  return steps !== undefined && steps.done < steps.total ? "kill" : undefined;
}

/** An account behind an address of this machine: a demo account that may be gone. */
export function isLocal(key: string): boolean {
  return /\/https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?(\/|$)/.test(key);
}

function sorted(kills: readonly ListedKill[], now: Date): readonly ListedKill[] {
  const rank = (kill: ListedKill) => (isExpired(kill.record, now) ? 0 : unfinished(kill) === undefined ? 2 : 1);
  return [...kills].sort((a, b) => rank(a) - rank(b) || (a.record.at < b.record.at ? -1 : 1));
}

function* elsewhereNodes(kills: readonly ListedKill[], input: KillsTreeInput): Generator<ViewNode> {
  if (kills.length === 0) return;
  const expired = kills.filter(({ record, key }) => isExpired(record, input.now) && !isLocal(key)).length;
  const label = input.snapshot === undefined ? "Recorded on this machine" : "Other accounts";
  yield {
    // Two ids, because the editor remembers what was folded by them.
    id: input.snapshot === undefined ? "recorded" : "elsewhere",
    label,
    description: [count(kills.length), ...(expired === 0 ? [] : [`${count(expired)} expired`])].join(" · "),
    icon: expired === 0 ? { id: "cloud" } : { id: "warning", color: "list.warningForeground" },
    context: "elsewhere",
    spoken: `${label}: ${counted(kills.length, "kill")}${expired === 0 ? "" : `, ${count(expired)} expired`}`,
    open: input.snapshot === undefined,
    children: sorted(kills, input.now).map((kill) => killNode(kill, input, false)),
    tooltip: () => "Kills that were made on this machine. Connect to their account to restore them.",
  };
}

function killNode(kill: ListedKill, input: KillsTreeInput, here: boolean): ViewNode {
  const { record, key } = kill;
  const { name, id, at, who, reason } = record;
  const live = here ? liveOf(record.name, input.snapshot) : undefined;
  const deed = here ? input.deedOn(key, name) : undefined;
  const open = openDeed(kill, live);
  const state = stateOf(kill, live, deed, input.now);
  const facts = [
    ...state.words,
    `since ${isoText(at, input.now)}`,
    ...state.end,
    callerText(who),
    ...(reason === "" ? [] : [reason]),
    ...(here ? [] : [`${record.account} ${record.region}`]),
  ];
  const context = [
    "kill",
    here ? "here" : isLocal(key) ? "local" : "elsewhere",
    ...(deed === undefined ? [] : ["busy"]),
    ...(open === undefined ? [] : [open === "kill" ? "unfinished" : "unfinishedRestore"]),
    ...(live === null ? ["gone"] : []),
  ].join(".");
  return {
    id: `kill/${id}`,
    label: name,
    description: facts.join(" · "),
    icon: state.icon,
    context,
    spoken: [name, ...facts].join(", "),
    children: detailsOf(kill, input.now),
    tooltip: (now) => killTooltip(kill, state.notes, now),
    stamp: JSON.stringify([kill, state.notes]),
    subject: { kind: "kill", kill },
  };
}

interface State {
  readonly words: readonly string[];
  /** When it is to be over, while that is ahead. */
  readonly end: readonly string[];
  readonly icon: NodeIcon;
  /** Sentences for the tooltip. */
  readonly notes: readonly string[];
}

const warning = "list.warningForeground";

function stateOf(kill: ListedKill, live: Live, deed: Deed | undefined, now: Date): State {
  const { record } = kill;
  if (deed === "kill") return { words: ["being switched off"], end: [], icon: { id: "loading~spin" }, notes: [] };
  if (deed === "restore") return { words: ["being restored"], end: [], icon: { id: "loading~spin" }, notes: [] };
  const words: string[] = [];
  const notes: string[] = [];
  const open = openDeed(kill, live);
  const expired = isExpired(record, now);
  if (expired && record.until !== undefined) {
    words.push(`expired ${isoText(record.until, now)}`);
    notes.push("It was to be over by now. Restore it, or decide with whoever switched it off.");
  }
  if (open !== undefined) {
    const steps = live && open === "kill" ? stepsDone(record, live) : undefined;
    const far = steps === undefined ? "" : `: ${count(steps.done)} of ${counted(steps.total, "step")}`;
    words.push(`${open} not finished${far}`);
    notes.push(`Not everything of this ${open} was done. Finish it, or undo what it did.`);
  }
  if (live === null) {
    words.push("function is gone");
    notes.push("There is no such function in the account any more. Forget the record, if nobody needs it.");
  }
  if (live && open === undefined && live.reserved !== record.killedTo && isKnown(live)) {
    words.push(`reservation ${shortValue(live.reserved)} again`);
    notes.push("Somebody changed it since, or restored it elsewhere.");
  }
  if (!kill.tagged) words.push("only this machine");
  if (kill.source === "tags") words.push("from tags");
  const end = expired || record.until === undefined ? [] : [`until ${isoText(record.until, now)}`];
  return { words, end, notes, icon: iconOf(expired, open, live) };
}

function iconOf(expired: boolean, open: Deed | undefined, live: Live): NodeIcon {
  if (expired) return { id: "warning", color: warning };
  if (open !== undefined) return { id: "debug-pause", color: warning };
  if (live === null) return { id: "question", color: "disabledForeground" };
  return { id: "circle-slash", color: "charts.red" };
}

/** The function now; null: the account has none of this name; undefined: not known. */
type Live = LiveFunction | null | undefined;

function liveOf(name: string, snapshot: AccountSnapshot | undefined): Live {
  const found = snapshot?.functions.find((fn) => fn.name === name);
  if (found !== undefined) return found;
  return snapshot?.reading.state === "complete" ? null : undefined;
}

function isKnown({ reserved }: LiveFunction): boolean {
  return reserved === null || typeof reserved === "number";
}

/** The record row by row, for those who cannot hover. */
function detailsOf(kill: ListedKill, now: Date): readonly ViewNode[] {
  const { record } = kill;
  const rows: readonly (readonly [string, string, string])[] = [
    ["Before", stateText(record.before), "history"],
    ["Why", record.reason === "" ? "not said" : record.reason, "comment"],
    ["By", record.who, "account"],
    ["Since", isoText(record.at, now), "clock"],
    ["Until", record.until === undefined ? "no end was given" : isoText(record.until, now), "watch"],
    ["Record", recordPlace(kill), "save"],
  ];
  return rows.map(([label, description, icon]) => ({
    id: `kill/${record.id}/${label}`,
    label,
    description,
    icon: { id: icon },
    context: "fact",
    spoken: `${label}: ${description}`,
    tooltip: () => markdown(`${label}: ${description}`),
    stamp: description,
  }));
}

function warmingNode({ key, name, requested, failed }: Warming): ViewNode {
  const description =
    failed === undefined ? `restored, warming · ${count(requested)} provisioned` : `restored, but not warm · ${failed}`;
  return {
    id: `warming/${key}/${name}`,
    label: name,
    description,
    icon:
      failed === undefined ? { id: "flame", color: "charts.orange" } : { id: "error", color: "list.errorForeground" },
    context: failed === undefined ? "warming" : "warming.failed",
    spoken: `${name}: ${description}`,
    tooltip: () =>
      markdown(
        failed === undefined
          ? "Everything is as before the kill; Lambda is still allocating provisioned concurrency."
          : failed,
      ),
    stamp: description,
    subject: { kind: "warming", key, name },
  };
}

function problemNodes({ problems }: KnownKills): readonly ViewNode[] {
  return problems.map(({ action, message }) => ({
    id: `problem/${action}`,
    label: "Tags were not read",
    description: message,
    icon: { id: "warning", color: warning },
    context: "problem",
    spoken: `Tags were not read: ${message}`,
    tooltip: () => markdown(`${message} What others killed from elsewhere is missing here.`),
    stamp: message,
  }));
}

function brokenNodes({ broken }: KnownKills): readonly ViewNode[] {
  return broken.map(({ where, message }) => ({
    id: `broken/${where}`,
    label: "Unreadable record",
    description: message,
    icon: { id: "warning", color: warning },
    context: "broken",
    spoken: `Unreadable record: ${message}`,
    tooltip: () => markdown(message),
    stamp: message,
  }));
}
