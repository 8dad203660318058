import { age, many, num, plain } from "#core";
import type { AccountState } from "../account/accountState.ts";
import type { ViewNode } from "../tree/node.ts";
import type { TreeContext } from "./treeContext.ts";

/** From this age on it is said how old the values are, milliseconds. */
const stale = 5 * 60_000;

const failures: Readonly<Record<string, string>> = {
  expired: "Credentials have expired",
  noCredentials: "No credentials",
  noRegion: "No Region chosen",
  denied: "Access denied",
  offline: "No connection",
  throttled: "Slowed down by AWS",
  timeout: "No answer in time",
  changed: "Another account answers",
};

/** What stands above everything else: a failure, a snapshot of an earlier session, how far the reading has come. */
export function* stateRows(
  state: AccountState,
  waiting: boolean,
  context: TreeContext,
  now: Date,
): Generator<ViewNode> {
  const { key, snapshot } = context;
  const read = `read ${age(snapshot.readAt, now)}`;
  if (state.kind === "failed") {
    const { kind, message } = state.error;
    const label = failures[kind] ?? "The account was not read";
    yield {
      id: `${key}/failure`,
      label,
      description: message,
      icon: { id: "error", color: "list.errorForeground" },
      context: `failure.${kind}`,
      spoken: `${label}: ${message}`,
      tooltip: (now) => plain(`${message} What is shown was read ${age(snapshot.readAt, now)}.`),
      stamp: read,
    };
  }
  if (state.kind === "connecting") {
    yield {
      id: `${key}/connecting`,
      label: "Connecting",
      description: read,
      icon: { id: "loading~spin" },
      context: "connecting",
      spoken: `Connecting: what is shown was ${read}`,
      tooltip: (now) => plain(`What is shown was read ${age(snapshot.readAt, now)}.`),
      stamp: read,
    };
  }
  if (state.kind === "disconnected") {
    yield {
      id: `${key}/last`,
      label: "Not connected",
      description: read,
      icon: { id: "history" },
      context: "last",
      spoken: `Not connected: what is shown was ${read}`,
      tooltip: (now) => plain(`What is shown was read ${age(snapshot.readAt, now)}. Connect to read it again.`),
      stamp: read,
    };
  }
  if (state.kind === "connected" && !waiting && now.getTime() - Date.parse(snapshot.readAt) >= stale) {
    yield {
      id: `${key}/stale`,
      label: `R${read.slice(1)}`,
      icon: { id: "history" },
      context: "stale",
      spoken: `R${read.slice(1)}`,
      tooltip: () =>
        "Refresh reads everything again. The setting lambdaConcurrency.refreshMinutes does so by the clock.",
    };
  }
  yield* readingRows(context, waiting);
}

const accountedText =
  "The reservations read so far come to all that the account has reserved. Only functions that are switched off may still come.";

function* readingRows({ key, snapshot, reading: underWay }: TreeContext, waiting: boolean): Generator<ViewNode> {
  const { reading, functionCount, problems } = snapshot;
  const total = Math.max(functionCount, reading.listed);
  const far = `${num(reading.known)} of ${num(total)}`;
  const accounted = reading.accounted ? ", all reservations found" : "";
  if (underWay && waiting) {
    yield {
      id: `${key}/reading`,
      label: "Reading",
      description: `${far} functions${accounted}`,
      icon: { id: "loading~spin" },
      context: "reading",
      spoken: `Reading: ${far} functions${accounted}`,
      ...(reading.accounted && { tooltip: () => plain(accountedText) }),
    };
  }
  if (reading.state === "complete" && problems.length === 0) return;
  if (underWay && problems.length === 0) return;
  const label = reading.state === "complete" ? "Not everything was read" : "Partly read";
  yield {
    id: `${key}/partial`,
    label,
    description: reading.state === "complete" ? many(problems.length, "problem") : `${far} read`,
    icon: { id: "warning", color: "list.warningForeground" },
    context: "partial",
    spoken: `${label}: ${far} functions`,
    open: true,
    ...(problems.length === 0 ? {} : { children: problems.map((problem, index) => problemNode(key, problem, index)) }),
    tooltip: () => plain(`The reservation of ${far} functions is known.`),
    stamp: far,
  };
}

function problemNode(key: string, { action, message }: { action: string; message: string }, index: number): ViewNode {
  return {
    id: `${key}/problem/${action}/${index}`,
    label: action,
    description: message,
    icon: { id: "circle-small" },
    context: "problem",
    spoken: `${action}: ${message}`,
    tooltip: () => plain(message),
    stamp: message,
  };
}
