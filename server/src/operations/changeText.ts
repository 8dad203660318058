import type { AccountPlan, ApplyReport, StepReport } from "#aws";
import {
  type AccountSnapshot,
  num as count,
  many,
  plain as markdown,
  type PlanStep,
  qualifierText,
  signed,
  valueText,
  windowText,
} from "#core";
import { floorText } from "./reservationInput.ts";

/** One call in a line: `orders: 10 → 25 (+15)`. */
export function stepLine(step: PlanStep): string {
  const { name } = step;
  switch (step.kind) {
    case "put":
      return `${name}: ${valueText(step.from)} → ${count(step.to)} (${signed(step.to - (step.from ?? 0))})`;
    case "delete":
      return `${name}: ${count(step.from)} → none (${signed(-step.from)})`;
    case "deleteProvisioned":
      return `${name}: provisioned concurrency of ${qualifierText(step.qualifier)} (${count(step.requested)}) deleted for a moment`;
    case "putProvisioned":
      return `${name}: provisioned concurrency of ${qualifierText(step.qualifier)} (${count(step.requested)}) put back`;
  }
}

/** The plan with what it means for the use of its functions among its notes; `shown` only says how busy they were. */
export function withUseNotes(planned: AccountPlan, shown?: AccountSnapshot): AccountPlan {
  const { plan } = planned;
  const notes = [...plan.steps.flatMap((step) => useSentence(step, shown)), ...plan.notes];
  return { ...planned, plan: { ...plan, notes } };
}

/** What follows from a plan, a sentence each. */
export function consequencesOf(planned: AccountPlan): readonly string[] {
  const { plan, state, floorSource } = planned;
  const { unreservedBefore: before, unreservedAfter: after } = plan;
  const unreserved =
    before === undefined || after === undefined
      ? []
      : [
          `Unreserved: ${count(before)} now, ${count(after)} afterwards; Lambda keeps a ${floorText({ state, floorSource })}.`,
        ];
  return [...unreserved, ...plan.notes, ...stackSentences(planned)];
}

/** More functions than this are counted in a sentence. */
const named = 5;

function stackSentences({ plan, stacks }: AccountPlan): readonly string[] {
  const byStack = new Map<string, Set<string>>();
  for (const { name } of plan.steps) {
    const stack = stacks.get(name);
    if (stack !== undefined) byStack.set(stack, (byStack.get(stack) ?? new Set()).add(name));
  }
  const all = new Set(plan.steps.map(({ name }) => name)).size;
  return [...byStack].map(([stack, names]) => {
    const functions = names.size === all ? "" : ` for ${listOf([...names])}`;
    return `The next deployment of stack ${stack} may undo this${functions}.`;
  });
}

function listOf(names: readonly string[]): string {
  const rest = names.length - named;
  return `${names.slice(0, named).join(", ")}${rest > 0 ? ` and ${count(rest)} more` : ""}`;
}

function useSentence(step: PlanStep, shown?: AccountSnapshot): readonly string[] {
  if (!isReservation(step)) return [];
  const { name } = step;
  if (step.kind === "delete")
    return [`Without a reservation ${name} shares what is unreserved with all others, without a limit of its own.`];
  if (step.to === 0) return [`${name} stops running: every invocation is refused until it has a reservation again.`];
  const usage = shown?.functions.find((fn) => fn.name === name)?.usage;
  if (usage?.maximum === undefined || usage.maximum <= step.to) return [];
  return [
    `${name} had up to ${count(usage.maximum)} executions at once in ${windowText(usage)}: more than ${count(step.to)} are throttled from now on.`,
  ];
}

/** What was done, in one sentence for a message. */
export function doneSentence({ steps, unreserved }: ApplyReport): string {
  const reservations = steps.map(({ step }) => step).filter(isReservation);
  const [first, ...others] = reservations;
  const left = unreserved === undefined ? "" : ` ${count(unreserved)} left unreserved.`;
  if (first === undefined || others.length > 0)
    return `${many(reservations.length, "reservation")} changed and verified.${left}`;
  const now = first.kind === "put" ? `has a reservation of ${count(first.to)}` : "has no reservation any more";
  return `${first.name} ${now} (before: ${valueText(first.from)}).${left}`;
}

/** What came of the calls, for a message; `done`: what to say first when all were made: `Budget applied`. */
export function appliedText(applied: ApplyReport, done?: string): string {
  const { result, message = "", notes } = applied;
  const says = done === undefined ? doneSentence(applied) : `${done}: ${doneSentence(applied)}`;
  return [result === "done" ? says : message, ...notes].join(" ");
}

const results: Readonly<Record<StepReport["result"], string>> = {
  done: "done",
  already: "was so already",
  notDone: "not done",
  unknown: "nobody knows",
};

const outcomes: Readonly<Record<ApplyReport["result"], string>> = {
  done: "Everything was changed and verified.",
  changed: "Nothing was done: the account changed since the plan.",
  refused: "Nothing was done.",
  cancelled: "Cancelled between two steps.",
  stopped: "Stopped half way.",
};

/** What came of a change, as a Markdown document. */
export function reportText(title: string, account: string, report: ApplyReport): string {
  const { result, message, steps, differences, putBack, notes, unreserved, pending } = report;
  const rows = steps.map(({ step, result: own, message: why }, index) =>
    [String(index + 1), stepLine(step), results[own], why ?? ""].map(markdown).join(" | "),
  );
  const section = (name: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`## ${name}`, lines.map((line) => `- ${markdown(line)}`).join("\n")];
  return `${[
    `# ${markdown(title)}`,
    markdown(account),
    `**${outcomes[result]}**${message === undefined ? "" : ` ${markdown(message)}`}`,
    ...(rows.length === 0
      ? []
      : [["| # | change | result | |", "|--:|---|---|---|", ...rows.map((row) => `| ${row} |`)].join("\n")]),
    ...section("What is different", differences),
    ...section(
      "Provisioned concurrency that had to be put back",
      putBack.map(({ name, qualifier, requested, back, message: why = "" }) =>
        `${name}, ${qualifierText(qualifier)}, ${count(requested)}: ${back ? "back" : `not back. ${why}`}`.trim(),
      ),
    ),
    ...section("Notes", notes),
    ...(unreserved === undefined ? [] : [`${count(unreserved)} are unreserved now.`]),
    ...(pending === undefined
      ? []
      : ["It is left half done. Run “Lambda Concurrency: Finish or Undo an Apply” to finish it or to take it back."]),
  ].join("\n\n")}\n`;
}

function isReservation(step: PlanStep): step is Extract<PlanStep, { kind: "put" | "delete" }> {
  return step.kind === "put" || step.kind === "delete";
}
