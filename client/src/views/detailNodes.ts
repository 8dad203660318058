import {
  type FunctionDetails,
  type LiveFunction,
  type LiveMapping,
  type LiveProvisioned,
  type LiveScalingTarget,
  num,
  plain,
  qualifierText,
  resourceName,
  sourceWords,
} from "#core";
import type { PoolEntry } from "../pools/poolFacts.ts";
import type { ViewNode } from "../tree/node.ts";
import type { Attention } from "./attention.ts";
import type { TreeContext } from "./treeContext.ts";

type Row = Pick<ViewNode, "label" | "icon"> & {
  readonly key: string;
  readonly description?: string;
  readonly says?: string;
};

/** What hangs on a function, one row each. Details that nobody has read are not there, which is said. */
export function detailNodes(
  context: TreeContext,
  id: string,
  fn: LiveFunction,
  attention: readonly Attention[],
  entries: readonly PoolEntry[],
): readonly ViewNode[] {
  const rows = [...reasons(attention), ...details(context, fn), ...belongs(fn, entries)];
  return rows.map(({ key, label, description, icon, says }) => ({
    id: `${id}/${key}`,
    label,
    ...(description === undefined ? {} : { description }),
    ...(icon === undefined ? {} : { icon }),
    context: "detail",
    spoken: [label, ...(description === undefined ? [] : [description])].join(": "),
    tooltip: () => plain(says ?? [label, description].filter((part) => part !== undefined).join(": ")),
    stamp: says ?? "",
  }));
}

function* reasons(attention: readonly Attention[]): Generator<Row> {
  for (const [index, { severity, sentence }] of attention.entries()) {
    const icon = { id: severity === "information" ? "info" : severity };
    yield { key: `why/${index}`, label: sentence, icon };
  }
}

function* details({ connected, reading }: TreeContext, fn: LiveFunction): Generator<Row> {
  if (fn.outsidePool !== undefined) {
    yield { key: "outside", label: "Outside the pool", description: fn.outsidePool, icon: { id: "circle-outline" } };
  }
  if (typeof fn.reserved === "object" && fn.reserved !== null && !reading) {
    yield { key: "reserved", label: "Reservation unknown", description: fn.reserved.unknown, icon: { id: "question" } };
  }
  if (fn.details === undefined) {
    yield connected
      ? { key: "reading", label: "Reading what hangs on it", icon: { id: "loading~spin" } }
      : { key: "unread", label: "Provisioned, event sources", description: "not read", icon: { id: "question" } };
    return;
  }
  yield* hanging(fn.details);
}

function* hanging({ provisioned, targets, mappings, deadLetter, problems }: FunctionDetails): Generator<Row> {
  for (const one of provisioned) yield provisionedRow(one);
  for (const target of targets) yield targetRow(target);
  for (const mapping of mappings) yield mappingRow(mapping);
  if (deadLetter !== undefined) {
    const description = resourceName(deadLetter);
    yield { key: "deadLetter", label: "Failed events to", description, icon: { id: "inbox" }, says: deadLetter };
  }
  for (const { action, message } of problems) {
    yield { key: `problem/${action}`, label: "Not read", description: message, icon: { id: "warning" }, says: message };
  }
  if (provisioned.length + targets.length + mappings.length + problems.length === 0) {
    yield { key: "nothing", label: "No provisioned concurrency, no event source", icon: { id: "dash" } };
  }
}

function provisionedRow({ qualifier, requested, allocated, status, statusReason }: LiveProvisioned): Row {
  const states = {
    READY: `${num(requested)} ready`,
    IN_PROGRESS: `${num(allocated)} of ${num(requested)} allocated`,
    FAILED: `${num(requested)} failed`,
  };
  const ids = { READY: "zap", IN_PROGRESS: "sync", FAILED: "error" };
  const description = `${qualifier} · ${states[status]}`;
  const why = statusReason === undefined ? "" : ` ${statusReason}`;
  const says = `Provisioned concurrency of ${qualifierText(qualifier)}: ${states[status]}.${why}`;
  return { key: `provisioned/${qualifier}`, label: "Provisioned", description, icon: { id: ids[status] }, says };
}

function targetRow({ qualifier, minimum, maximum, suspended }: LiveScalingTarget): Row {
  const stopped = [
    ...(suspended.in ? ["scaling in"] : []),
    ...(suspended.out ? ["scaling out"] : []),
    ...(suspended.scheduled ? ["schedules"] : []),
  ];
  const state =
    stopped.length === 0 ? "" : stopped.length === 3 ? " · suspended" : ` · ${stopped.join(", ")} suspended`;
  const description = `${qualifier} · ${num(minimum)} to ${num(maximum)}${state}`;
  return { key: `target/${qualifier}`, label: "Scaling", description, icon: { id: "arrow-both" } };
}

function mappingRow(mapping: LiveMapping): Row {
  const { uuid, source, kind, state, enabled, qualifier, batchSize, maximumConcurrency, parallelizationFactor } =
    mapping;
  const facts = [
    ...(state === "Enabled" ? [] : [state]),
    ...(maximumConcurrency === undefined ? [] : [`at most ${num(maximumConcurrency)} at once`]),
    ...(parallelizationFactor === undefined || parallelizationFactor === 1
      ? []
      : [`${num(parallelizationFactor)} per shard`]),
    ...(qualifier === undefined ? [] : [`to ${qualifier}`]),
  ];
  const more = batchSize === undefined ? [] : [`batches of ${num(batchSize)}`];
  return {
    key: `mapping/${uuid}`,
    label: sourceWords[kind],
    description: [resourceName(source), ...facts].join(" · "),
    icon: enabled ? { id: "plug" } : { id: "debug-disconnect" },
    says: `${sourceWords[kind]} ${source}: ${[state, ...facts.filter((fact) => fact !== state), ...more].join(", ")}. Mapping ${uuid}.`,
  };
}

function* belongs({ stack }: LiveFunction, entries: readonly PoolEntry[]): Generator<Row> {
  if (stack !== undefined) {
    yield { key: "stack", label: "Stack", description: `${stack.name} · ${stack.logicalId}`, icon: { id: "layers" } };
  }
  for (const { pool, row } of entries) {
    if (row.granted === null) continue;
    const description = `${row.off ? "off" : num(row.granted)} · ${pool.name}`;
    yield { key: `granted/${pool.id}/${row.key}`, label: "Granted", description, icon: { id: "book" } };
  }
}
