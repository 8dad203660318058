import {
  accountKey,
  type FunctionGroup,
  filterTerms,
  groupOf,
  type LiveFunction,
  many,
  num,
  passesFilter,
  type SortOrder,
  sortFunctions,
} from "#core";
import { type AccountState, shownSnapshot } from "../account/accountState.ts";
import type { PoolFacts } from "../pools/poolFacts.ts";
import type { NodeIcon, ViewNode } from "../tree/node.ts";
import { accountRows } from "./accountRows.ts";
import { type Attention, attentionOf } from "./attention.ts";
import { consoleUrl } from "./consoleUrl.ts";
import { functionNode } from "./functionNode.ts";
import { stateRows } from "./stateRows.ts";
import type { TreeContext } from "./treeContext.ts";
import { type UnfinishedApply, unfinishedRows } from "./unfinishedRows.ts";

/** What the account tree is made of. */
export interface AccountTreeInput {
  readonly state: AccountState;
  /** Somebody waits for the reading under way. */
  readonly waiting: boolean;
  readonly facts: PoolFacts;
  readonly sort: SortOrder;
  readonly filter: string;
  readonly now: Date;
  /** Applies to this account that ended half way. */
  readonly unfinished?: readonly UnfinishedApply[];
}

/** The account tree, and what the view says above it. */
export interface AccountTree {
  readonly nodes: readonly ViewNode[];
  /** How many functions the filter shows, and of how many; undefined without a filter. */
  readonly filtered?: { readonly shown: number; readonly of: number };
}

/** The whole account tree; nothing when there is nothing to show, so that the view can welcome the user. */
export function accountTree(input: AccountTreeInput): AccountTree {
  const { state, waiting, facts, sort, filter, now, unfinished = [] } = input;
  const snapshot = shownSnapshot(state);
  if (snapshot === undefined) return { nodes: [] };
  const terms = filterTerms(filter);
  const { identity } = snapshot;
  const connected = state.kind === "connected";
  const context: TreeContext = {
    key: accountKey(identity),
    identity,
    snapshot,
    facts,
    now,
    terms,
    connected,
    reading: connected && snapshot.reading.state === "reading",
    console: consoleUrl(identity, "") !== undefined,
  };
  const attention = new Map(snapshot.functions.map((fn) => [fn, attentionOf(fn, facts)]));
  const shown = snapshot.functions.filter((fn) =>
    passesFilter(
      fn,
      terms,
      attention.get(fn)?.map(({ word }) => word),
    ),
  );
  const sorted = sortFunctions(shown, sort);
  return {
    nodes: [
      ...(connected ? unfinishedRows(context.key, unfinished) : []),
      ...stateRows(state, waiting, context, now),
      ...accountRows(context),
      ...groups(context, sorted, attention),
      ...emptyRow(context, shown.length),
    ],
    ...(terms.length === 0 ? {} : { filtered: { shown: shown.length, of: snapshot.functions.length } }),
  };
}

/** Says why there is no function below the rows of the account. */
function* emptyRow({ key, snapshot, identity, reading }: TreeContext, shown: number): Generator<ViewNode> {
  const { functions, functionCount } = snapshot;
  if (shown > 0 || reading) return;
  const label =
    functions.length > 0
      ? "No function fits the filter"
      : functionCount === 0
        ? `No function in ${identity.region}`
        : "No function was read";
  yield { id: `${key}/empty`, label, icon: { id: "info" }, context: "empty", spoken: label };
}

interface GroupStyle {
  readonly group: FunctionGroup | "attention";
  readonly label: string;
  readonly icon: NodeIcon;
  readonly open: boolean;
  readonly says: string;
}

const styles: readonly GroupStyle[] = [
  {
    group: "attention",
    label: "Needs attention",
    icon: { id: "warning", color: "list.warningForeground" },
    open: true,
    says: "Throttled, nearly full, failed, switched off without a budget that says so, or different from the files.",
  },
  {
    group: "reserved",
    label: "Reserved",
    icon: { id: "circle-filled", color: "charts.blue" },
    open: true,
    says: "Functions with a reservation: a part of the pool that only they can use, and no more than that.",
  },
  {
    group: "unreserved",
    label: "No reservation",
    icon: { id: "circle-outline", color: "charts.blue" },
    open: false,
    says: "Functions without a reservation: they share what is left unreserved.",
  },
  {
    group: "off",
    label: "Switched off",
    icon: { id: "circle-slash", color: "charts.red" },
    open: true,
    says: "Functions with a reservation of 0: they never run.",
  },
  {
    group: "unknown",
    label: "Reservation not read",
    icon: { id: "question", color: "disabledForeground" },
    open: false,
    says: "Functions whose reservation is not known. They may have one.",
  },
  {
    group: "outside",
    label: "Outside the pool",
    icon: { id: "circle-outline", color: "disabledForeground" },
    open: false,
    says: "Functions that take nothing from the pool: they run on Managed Instances.",
  },
];

function groups(
  context: TreeContext,
  functions: readonly LiveFunction[],
  attention: ReadonlyMap<LiveFunction, readonly Attention[]>,
): readonly ViewNode[] {
  return styles.flatMap(({ group, label, icon, open, says }) => {
    const members =
      group === "attention" ? worstFirst(functions, attention) : functions.filter((fn) => groupOf(fn) === group);
    if (members.length === 0) return [];
    return {
      id: `${context.key}/group/${group}`,
      label,
      description: num(members.length),
      icon,
      context: `group.${group}`,
      spoken: `${label}: ${many(members.length, "function")}`,
      open,
      children: members.map((fn) => functionNode(context, group, fn, attention.get(fn) ?? [])),
      tooltip: () => says,
    };
  });
}

/** What asks for attention: errors before warnings before hints, each in the order that was chosen. */
function worstFirst(
  functions: readonly LiveFunction[],
  attention: ReadonlyMap<LiveFunction, readonly Attention[]>,
): readonly LiveFunction[] {
  const severities: readonly Attention["severity"][] = ["error", "warning", "information"];
  return severities.flatMap((severity) => functions.filter((fn) => attention.get(fn)?.[0]?.severity === severity));
}
