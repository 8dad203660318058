import type { KilledFunction, RestoredFunction, StepResult } from "#aws";
import {
  type AccountIdentity,
  capital,
  fieldText,
  type LiveMapping,
  type MappingsByName,
  many,
  momentText,
  num,
  plain,
} from "#core";
import { table } from "./killPreviewText.ts";
import { accountMarkdown } from "./killWords.ts";

/** How a kill or a restore ended, for all its functions together. */
export interface Ending {
  /** `Switched off 2 functions.` */
  readonly sentence: string;
  /** Names of the functions for which something was not done: what a retry is for. */
  readonly notDone: readonly string[];
}

const killOutcomes: Readonly<Record<KilledFunction["outcome"], string>> = {
  killed: "✓ off",
  partial: "⚠ partly done",
  alreadyKilled: "✓ was killed already",
  alreadyOff: "✓ was off already",
  changed: "✗ changed meanwhile, nothing done",
  failed: "✗ not done",
  skipped: "– not begun",
};

const restoreOutcomes: Readonly<Record<RestoredFunction["outcome"], string>> = {
  restored: "✓ restored",
  warming: "✓ restored, warming",
  partial: "⚠ partly done",
  changed: "✗ changed since the kill, nothing done",
  short: "✗ not enough in the pool, nothing done",
  notKilled: "✗ no record of a kill",
  failed: "✗ not done",
  skipped: "– not begun",
};

const fine: ReadonlySet<string> = new Set(["killed", "alreadyKilled", "alreadyOff", "restored", "warming"]);

/** How a kill ended. */
export function killEnding(functions: readonly KilledFunction[], mappings: MappingsByName): Ending {
  return ending("Switched off", functions, ["killed", "alreadyKilled", "alreadyOff"], mappings);
}

/** How a restore ended. */
export function restoreEnding(functions: readonly RestoredFunction[], mappings: MappingsByName): Ending {
  return ending("Restored", functions, ["restored", "warming"], mappings);
}

function ending(
  verb: string,
  functions: readonly (KilledFunction | RestoredFunction)[],
  good: readonly string[],
  mappings: MappingsByName,
): Ending {
  const done = functions.filter(({ outcome }) => good.includes(outcome));
  const notDone = functions.filter(({ outcome }) => !good.includes(outcome)).map(({ name }) => name);
  const [only] = functions;
  if (functions.length === 1 && only !== undefined) {
    if (notDone.length === 0) return { sentence: `${verb} ${only.name}.`, notDone };
    const why = whyNot(only, mappings.get(only.name));
    const sentence = why.startsWith(`${only.name} `) ? why : `${only.name}: ${why}`;
    return { sentence, notDone };
  }
  const of = notDone.length === 0 ? "" : `${num(done.length)} of `;
  return { sentence: `${verb} ${of}${many(functions.length, "function")}.`, notDone };
}

/** The first step that was not done says more than the sum of all. */
function whyNot(
  { outcome, message, steps }: KilledFunction | RestoredFunction,
  mappings: readonly LiveMapping[] | undefined,
): string {
  const first = steps.find((step) => !isDone(step));
  if (first === undefined || (outcome === "short" && message !== undefined)) return message ?? "not done.";
  const far = `${num(steps.filter(isDone).length)} of ${many(steps.length, "step")} done`;
  return `${far}; ${fieldText(first.field, mappings)}: ${first.message ?? "not done."}`;
}

/** What was done and what was not, for each function, as Markdown. */
export function killReportText(
  identity: AccountIdentity,
  functions: readonly KilledFunction[],
  mappings: MappingsByName,
  now: Date,
): string {
  return report(identity, killEnding(functions, mappings), functions, killOutcomes, mappings, now);
}

/** The same of a restore. */
export function restoreReportText(
  identity: AccountIdentity,
  functions: readonly RestoredFunction[],
  mappings: MappingsByName,
  now: Date,
): string {
  return report(identity, restoreEnding(functions, mappings), functions, restoreOutcomes, mappings, now);
}

function report<Outcome extends string>(
  identity: AccountIdentity,
  { sentence, notDone }: Ending,
  functions: readonly {
    readonly name: string;
    readonly outcome: Outcome;
    readonly message?: string;
    readonly steps: readonly StepResult[];
    readonly onlyHere?: string;
  }[],
  outcomes: Readonly<Record<Outcome, string>>,
  mappings: MappingsByName,
  now: Date,
): string {
  // What asks for something to be done comes first.
  const sorted = [...functions].sort((a, b) => Number(fine.has(a.outcome)) - Number(fine.has(b.outcome)));
  const rows = sorted.map(({ name, outcome, steps }) => [
    plain(name),
    outcomes[outcome],
    steps.length === 0 ? "" : `${num(steps.filter(isDone).length)} of ${num(steps.length)}`,
  ]);
  const [only] = functions.length === 1 && notDone.length > 0 ? functions : [];
  const title = only === undefined ? sentence : `${only.name}: ${outcomes[only.outcome].slice(2)}`;
  const next = notDone.length === 0 ? [] : ["What is not done can be tried again: it continues where it stopped."];
  return [
    `# ${plain(title.replace(/\.$/, ""))}`,
    `${accountMarkdown(identity)}  \nDone at ${momentText(now, now)}.`,
    ...next,
    table(["Function", "Outcome", "Steps"], rows),
    ...sorted.map((each) => details(each, mappings.get(each.name) ?? [])),
  ].join("\n\n");
}

function details(
  {
    name,
    outcome,
    message,
    steps,
    onlyHere,
  }: {
    readonly name: string;
    readonly outcome: string;
    readonly message?: string;
    readonly steps: readonly StepResult[];
    readonly onlyHere?: string;
  },
  mappings: readonly LiveMapping[],
): string {
  const said = steps.map((step) => {
    const mark = isDone(step) ? "✓" : step.outcome === "notTried" ? "–" : "✗";
    const why = step.message === undefined ? "" : `: ${plain(step.message)}`;
    return `- ${mark} ${plain(capital(fieldText(step.field, mappings)))}${why}`;
  });
  return [
    `## ${plain(name)}`,
    // Of steps that failed the message is only the sum; of what is short it has the numbers.
    ...(message === undefined || (outcome !== "short" && steps.some((step) => !isDone(step))) ? [] : [plain(message)]),
    ...(said.length === 0 ? [] : [said.join("\n")]),
    ...(onlyHere === undefined ? [] : [`⚠ Only this machine can restore it: ${plain(onlyHere)}`]),
  ].join("\n\n");
}

function isDone({ outcome }: StepResult): boolean {
  return outcome === "done" || outcome === "already";
}
