import type { ListedKill } from "#aws";
import { type AccountSnapshot, accountKey, callerText, isoText, many, num, plain, stateText } from "#core";
import type { ViewNode } from "../tree/node.ts";
import type { Allocation, KillAction } from "./killActivity.ts";
import { isLocal, isOverdue, liveOf, openAction, stateOf, unfinished } from "./killState.ts";
import { killTooltip, recordPlace } from "./killTooltip.ts";
import type { KnownKills } from "./mergeKills.ts";

/** What the Kills view is made of. */
export interface KillsTreeInput {
  readonly known: KnownKills;
  readonly allocations: readonly Allocation[];
  readonly actionOn: (key: string, name: string) => KillAction | undefined;
  /** Of the connected account. */
  readonly snapshot?: AccountSnapshot;
  readonly now: Date;
}

const warning = "list.warningForeground";

/** The Kills view: of the connected account what has a reminder due first, then what is not finished, then the rest, oldest first. */
export function killNodes(input: KillsTreeInput): readonly ViewNode[] {
  const { known, snapshot } = input;
  const key = snapshot && accountKey(snapshot.identity);
  const here = known.kills.filter((kill) => kill.key === key);
  const elsewhere = known.kills.filter((kill) => kill.key !== key);
  return [
    ...problemNodes(known),
    ...sorted(here, input.now).map((kill) => killNode(kill, input, true)),
    ...input.allocations.filter((each) => each.key === key).map(allocationNode),
    ...elsewhereNodes(elsewhere, input),
    ...brokenNodes(known),
  ];
}

function sorted(kills: readonly ListedKill[], now: Date): readonly ListedKill[] {
  const rank = (kill: ListedKill) => (isOverdue(kill, now) ? 0 : unfinished(kill) === undefined ? 2 : 1);
  return [...kills].sort((a, b) => rank(a) - rank(b) || (a.record.at < b.record.at ? -1 : 1));
}

function* elsewhereNodes(kills: readonly ListedKill[], input: KillsTreeInput): Generator<ViewNode> {
  if (kills.length === 0) return;
  const expired = kills.filter((kill) => isOverdue(kill, input.now) && !isLocal(kill.key)).length;
  const label = input.snapshot === undefined ? "Recorded on this machine" : "Other accounts";
  yield {
    // Two ids, because the editor remembers what was folded by them.
    id: input.snapshot === undefined ? "recorded" : "elsewhere",
    label,
    description: [num(kills.length), ...(expired === 0 ? [] : [`${many(expired, "reminder")} due`])].join(" · "),
    icon: expired === 0 ? { id: "cloud" } : { id: "warning", color: "list.warningForeground" },
    context: "elsewhere",
    spoken: `${label}: ${many(kills.length, "kill")}${expired === 0 ? "" : `, ${many(expired, "reminder")} due`}`,
    open: input.snapshot === undefined,
    children: sorted(kills, input.now).map((kill) => killNode(kill, input, false)),
    tooltip: () => "Kills that were made on this machine. Connect to their account to restore them.",
  };
}

function killNode(kill: ListedKill, input: KillsTreeInput, here: boolean): ViewNode {
  const { record, key } = kill;
  const { name, id, at, who, reason } = record;
  const live = here ? liveOf(record.name, input.snapshot) : undefined;
  const action = here ? input.actionOn(key, name) : undefined;
  const open = openAction(kill, live);
  const state = stateOf(kill, live, action, input.now);
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
    ...(action === undefined ? [] : ["busy"]),
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

/** The record row by row, for those who cannot hover. */
function detailsOf(kill: ListedKill, now: Date): readonly ViewNode[] {
  const { record } = kill;
  const rows: readonly (readonly [string, string, string])[] = [
    ["Before", stateText(record.before), "history"],
    ["Why", record.reason === "" ? "not said" : record.reason, "comment"],
    ["By", record.who, "account"],
    ["Since", isoText(record.at, now), "clock"],
    ["Reminder", record.until === undefined ? "none" : isoText(record.until, now), "watch"],
    ["Record", recordPlace(kill), "save"],
  ];
  return rows.map(([label, description, icon]) => ({
    id: `kill/${record.id}/${label}`,
    label,
    description,
    icon: { id: icon },
    context: "fact",
    spoken: `${label}: ${description}`,
    tooltip: () => plain(`${label}: ${description}`),
    stamp: description,
  }));
}

function allocationNode({ key, name, requested, failed }: Allocation): ViewNode {
  const description =
    failed === undefined ? `restored, warming · ${num(requested)} provisioned` : `restored, but not warm · ${failed}`;
  return {
    id: `warming/${key}/${name}`,
    label: name,
    description,
    icon:
      failed === undefined ? { id: "flame", color: "charts.orange" } : { id: "error", color: "list.errorForeground" },
    context: failed === undefined ? "warming" : "warming.failed",
    spoken: `${name}: ${description}`,
    tooltip: () =>
      plain(
        failed === undefined
          ? "Everything is as before the kill; Lambda is still allocating provisioned concurrency."
          : failed,
      ),
    stamp: description,
    subject: { kind: "allocation", key, name },
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
    tooltip: () => plain(`${message} What others killed from elsewhere is missing here.`),
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
    tooltip: () => plain(message),
    stamp: message,
  }));
}
