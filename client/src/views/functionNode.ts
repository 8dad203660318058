import { age, type FunctionGroup, groupOf, isKilled, type LiveFunction, num, rough } from "#core";
import type { PoolEntry } from "../pools/poolFacts.ts";
import type { NodeIcon, ViewNode } from "../tree/node.ts";
import type { Attention } from "./attention.ts";
import { detailNodes } from "./detailNodes.ts";
import { functionTooltip } from "./functionTooltip.ts";
import type { TreeContext } from "./treeContext.ts";

const icons: Readonly<Record<FunctionGroup, NodeIcon>> = {
  reserved: { id: "circle-filled", color: "charts.blue" },
  unreserved: { id: "circle-outline", color: "charts.blue" },
  off: { id: "circle-slash", color: "charts.red" },
  outside: { id: "circle-outline", color: "disabledForeground" },
  unknown: { id: "question", color: "disabledForeground" },
};

const attentionIcons: Readonly<Record<Attention["severity"], NodeIcon>> = {
  error: { id: "error", color: "list.errorForeground" },
  warning: { id: "warning", color: "list.warningForeground" },
  information: { id: "info", color: "charts.blue" },
};

/** The row of a function in a group of the tree; below it what hangs on it. */
export function functionNode(
  context: TreeContext,
  group: FunctionGroup | "attention",
  fn: LiveFunction,
  attention: readonly Attention[],
): ViewNode {
  const entries = context.facts.entries.get(fn.arn) ?? [];
  const id = `${context.key}/${group}/${fn.arn}`;
  const description = describe(fn, group === "attention" ? attention : [], context);
  const [worst] = attention;
  return {
    id,
    label: fn.name,
    highlights: highlightsOf(fn.name, context.terms),
    description,
    icon:
      worst === undefined || (worst.severity === "information" && group !== "attention")
        ? icons[groupOf(fn)]
        : attentionIcons[worst.severity],
    context: capabilities(context, fn, entries),
    spoken: spoken(context, fn, description, attention),
    children: detailNodes(context, id, fn, attention, entries),
    tooltip: (now) => functionTooltip(context, fn, attention, entries, now),
    // The editor keeps a tooltip until the row is drawn again: the age in it must not stay young.
    stamp: JSON.stringify([
      age(fn.readAt ?? "", context.now),
      fn.usage?.until,
      fn.details?.readAt,
      context.snapshot.readAt,
      entries.map(({ row }) => [row.key, row.granted, row.off, row.declared]),
    ]),
    subject: { kind: "function", fn },
  };
}

/** What the row says behind the name: what asks for attention first, then use and reservation, then what is throttled. */
function describe(fn: LiveFunction, attention: readonly Attention[], context: TreeContext): string {
  const { usage, details } = fn;
  const parts = attention.map(({ short }) => short);
  const says = (word: string) => parts.some((part) => part.includes(word));
  if (isKilled(fn)) parts.push("killed");
  if (says(" planned")) parts.push(...(usage?.now === undefined ? [] : [`${num(usage.now)} now`]));
  else if (!says("in use") && !says("switched off")) parts.push(...useOf(fn, context));
  const provisioned = details?.provisioned.reduce((sum, { requested }) => sum + requested, 0) ?? 0;
  if (provisioned > 0) parts.push(`${num(provisioned)} provisioned`);
  if (usage?.throttles !== undefined && usage.throttles > 0 && !says("throttle"))
    parts.push(usage.throttles === 1 ? "1 throttle" : `${rough(usage.throttles)} throttles`);
  return parts.join(" · ");
}

/** `18 of 25 now`, `25 reserved`, `18 now`: short enough for a narrow sidebar. */
function useOf({ reserved, usage }: LiveFunction, { reading }: TreeContext): readonly string[] {
  const now = usage?.now;
  if (typeof reserved === "number") {
    return [now === undefined ? `${num(reserved)} reserved` : `${num(now)} of ${num(reserved)} now`];
  }
  const unknown = reserved === null ? [] : [reading ? "not read yet" : "reservation unknown"];
  return [...unknown, ...(now === undefined ? [] : [`${num(now)} now`])];
}

function spoken(
  { identity }: TreeContext,
  fn: LiveFunction,
  description: string,
  attention: readonly Attention[],
): string {
  const state = fn.reserved === null ? ["no reservation"] : [];
  return [
    fn.name,
    ...state,
    ...description.split(" · ").filter((part) => part !== ""),
    ...(attention.length > 0 ? ["needs attention"] : []),
    identity.alias ?? identity.account,
    identity.region,
  ].join(", ");
}

/** What can be done with a function, for the menus: `function.reserved.connected.console.inTemplate`. */
function capabilities({ connected, console }: TreeContext, fn: LiveFunction, entries: readonly PoolEntry[]): string {
  const words = ["function", groupOf(fn)];
  if (connected) words.push("connected");
  if (console) words.push("console");
  if (isKilled(fn)) words.push("killed");
  if (fn.stack !== undefined) words.push("inStack");
  if (entries.some(({ row }) => row.places.template !== undefined)) words.push("inTemplate");
  if (entries.some(({ row }) => row.places.budget !== undefined)) words.push("inBudget");
  return words.join(".");
}

/** Where the words of a filter occur in a name, for its highlights: from left to right, none inside another, because editors repeat text that two share. */
export function highlightsOf(name: string, terms: readonly string[]): readonly (readonly [number, number])[] {
  const lower = name.toLowerCase();
  const found = terms.flatMap((term) => {
    const start = lower.indexOf(term);
    return start === -1 ? [] : [[start, start + term.length] as const];
  });
  found.sort(([a], [b]) => a - b);
  const apart: (readonly [number, number])[] = [];
  for (const [start, end] of found) {
    const [begun, until] = apart.at(-1) ?? [0, -1];
    if (start > until) apart.push([start, end]);
    else apart[apart.length - 1] = [begun, Math.max(until, end)];
  }
  return apart;
}
