import type { AccountIdentity } from "../accountSnapshot.ts";
import { groupBy } from "../groupBy.ts";
import { age, isoText } from "../wording/times.ts";
import { valueText } from "../wording/values.ts";
import { many, num, signed } from "../wording/words.ts";
import type { NotPlanned } from "./budgetPlan.ts";
import type { Plan, PlanState, PlanStep, Wanted } from "./plan.ts";

/** What a plan is shown with. */
export interface PlanDocument {
  /** What it is for: `concurrency-budget.yaml, pool production`. */
  readonly title: string;
  readonly identity: AccountIdentity;
  /** When the account was read; ISO 8601. */
  readonly readAt: string;
  readonly state: Pick<PlanState, "limit" | "floor"> & Partial<PlanState>;
  readonly floorSource: "configured" | "learned" | "estimated";
  readonly plan: Plan;
  /** Shown with the functions of `state` when nothing can be planned. */
  readonly wanted?: readonly Wanted[];
  readonly notPlanned?: readonly NotPlanned[];
  /** Stack of a function: its next deployment may undo the plan. */
  readonly stacks?: ReadonlyMap<string, string>;
}

/** A plan as a document for people: every call in order with what is left unreserved after it. `text` is for terminals. */
export function planText(document: PlanDocument, form: "markdown" | "text", now: Date): string {
  const { identity, title, plan, state, floorSource, readAt, notPlanned = [] } = document;
  const { unreservedBefore, unreservedAfter, steps, problems, unchanged } = plan;
  const { account, alias, region } = identity;
  const where = `account ${account}${alias === undefined ? "" : ` (${alias})`} in ${region}`;
  const heading = (text: string, level: string) => (form === "markdown" ? `${level} ${text}` : text);
  const section = (name: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [heading(name, "##"), lines.map((line) => `- ${line}`).join("\n")];
  const same = `${many(unchanged.length, "function")} already ${unchanged.length === 1 ? "matches" : "match"}.`;
  const left =
    unreservedBefore === undefined
      ? ""
      : `: ${num(unreservedBefore)} unreserved now, ${num(unreservedAfter ?? 0)} afterwards`;
  const summary =
    steps.length === 0
      ? problems.length === 0
        ? "Nothing to change."
        : "Nothing is planned."
      : `${many(steps.length, "call")}${left}.`;
  const facts = `Limit ${state.limit === undefined ? "not known" : num(state.limit)}, floor ${num(state.floor)} (${floorSource}), read ${isoText(readAt, now)} (${age(readAt, now)}).`;
  return `${[
    heading(`Plan for ${where}`, "#"),
    `${title}\n${facts}`.replace("\n", form === "markdown" ? "  \n" : "\n"),
    ...section(
      "Cannot be done",
      problems.map(({ message }) => message),
    ),
    ...(steps.length === 0 ? wishes(document, form) : [table(header, stepRows(steps), form)]),
    unchanged.length === 0 ? summary : `${summary} ${same}`,
    ...section(
      "Not planned",
      notPlanned.map(({ message }) => message),
    ),
    ...section("Notes", [...plan.notes, ...stackNotes(document)]),
  ].join("\n\n")}\n`;
}

const header = ["#", "function", "in AWS", "planned", "change", "unreserved"];

function stepRows(steps: readonly PlanStep[]): readonly (readonly string[])[] {
  return steps.map((step, index) => [
    String(index + 1),
    ...cells(step),
    step.unreserved === undefined ? "?" : num(step.unreserved),
  ]);
}

/** What would have to be changed, when there is no order in which it can be. */
function wishes({ plan, state, wanted = [] }: PlanDocument, form: "markdown" | "text"): readonly string[] {
  if (plan.problems.length === 0) return [];
  const rows = wanted.flatMap(({ name, reserved: to }) => {
    const live = state.functions?.find((one) => one.name === name);
    if (live === undefined || live.reserved === to) return [];
    return [[name, valueText(live.reserved), valueText(to), signed((to ?? 0) - (live.reserved ?? 0))]];
  });
  return rows.length === 0 ? [] : [table(header.slice(1, 5), rows, form)];
}

function table(head: readonly string[], body: readonly (readonly string[])[], form: "markdown" | "text"): string {
  const rows = [head, ...body];
  const widths = head.map((_, column) => Math.max(2, ...rows.map((row) => (row[column] ?? "").length)));
  const isText = (column: number) => head[column] === "function";
  const padded = rows.map((row) =>
    row.map((cell, column) => (isText(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))),
  );
  if (form === "text") return padded.map((row) => row.join("  ").trimEnd()).join("\n");
  const rule = widths.map((width, column) => (isText(column) ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  const [first = [], ...others] = padded;
  return [first, rule, ...others].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function cells(step: PlanStep): readonly [string, string, string, string] {
  const { name } = step;
  switch (step.kind) {
    case "put":
      return [name, valueText(step.from), num(step.to), signed(step.to - (step.from ?? 0))];
    case "delete":
      return [name, num(step.from), "none", signed(-step.from)];
    case "deleteProvisioned":
      return [`${name}:${step.qualifier}, provisioned`, num(step.requested), "none", "for a moment"];
    case "putProvisioned":
      return [`${name}:${step.qualifier}, provisioned`, "none", num(step.requested), "put back"];
  }
}

function stackNotes({ plan, stacks = new Map() }: PlanDocument): readonly string[] {
  const names = new Set(plan.steps.map(({ name }) => name));
  const byStack = groupBy(
    [...names].filter((name) => stacks.has(name)),
    (name) => stacks.get(name) ?? "",
  );
  return [...byStack].map(
    ([stack, functions]) => `The next deployment of stack ${stack} may undo this for ${functions.join(", ")}.`,
  );
}
