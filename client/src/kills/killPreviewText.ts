import type { KillPreview, PreviewedKill } from "#aws";
import {
  type Consequence,
  isoText,
  type KillOrder,
  keepsReason,
  many,
  mappingName,
  momentText,
  num,
  plain,
  qualifierText,
} from "#core";
import { accountMarkdown } from "./killWords.ts";

type ToKill = Extract<PreviewedKill, { readonly kind: "kill" }>;

/** Everything that a kill will do, as Markdown: what is as it is now, what it becomes, what may be lost, how it comes back. */
export function killPreviewText(preview: KillPreview, order: KillOrder, now: Date): string {
  const { functions, identity, readAt } = preview;
  const wanted = functions.filter((each) => each.kind === "kill");
  const others = functions.filter((each) => each.kind !== "kill");
  const title = wanted.length === 1 ? plain(wanted[0]?.name ?? "") : many(wanted.length, "function");
  return [
    `# Switch off ${title}`,
    accountMarkdown(identity),
    `Nothing is changed yet. Read at ${plain(isoText(readAt, now))}.`,
    ...(keepsReason(functions) ? [] : [orderText(preview, order, now)]),
    ...(wanted.length > 1 ? [summaryTable(wanted)] : []),
    ...(others.length === 0 ? [] : [leftAlone(others, now)]),
    ...wanted.map((each) => section(each, now)),
  ].join("\n\n");
}

function orderText({ killedTo }: KillPreview, { reason, until }: KillOrder, now: Date): string {
  const lines = [
    killedTo === 0
      ? "The reservation becomes **0**: no invocation runs."
      : "The reservation becomes **1**: one invocation at a time runs, and asynchronous events stay queued.",
    `Reason: ${plain(reason)}.`,
    until === undefined
      ? "Reminder: none. Nothing is restored by itself."
      : `Reminder: ${plain(momentText(until, now))}. Nothing is restored by itself.`,
  ];
  return lines.join("  \n");
}

/** How many functions are listed in the summary; the rest have only their section. */
const mostRows = 200;

/** What may be lost, in a word or two. */
const lossWords: Readonly<Record<Consequence["kind"], string>> = {
  provisioned: "provisioned concurrency",
  scaling: "scaling",
  synchronous: "calls",
  asynchronous: "asynchronous events",
  queue: "messages",
  stream: "records",
  poller: "messages",
  schedules: "scheduled events",
  running: "running invocations",
  deployment: "this kill",
  load: "the load test",
  unread: "what was not read",
};

function summaryTable(wanted: readonly ToKill[]): string {
  const rows = wanted.slice(0, mostRows).map(({ name, reserved, before, mappings, consequences }) => {
    const disabled = mappings.filter(({ disable }) => disable).length;
    const provisioned = before.provisioned.reduce((sum, { requested }) => sum + requested, 0);
    const losses = [...new Set(consequences.flatMap(({ kind, loses }) => (loses ? [lossWords[kind]] : [])))];
    return [
      plain(name),
      reservationText(reserved),
      provisioned === 0 ? "none" : num(provisioned),
      mappings.length === 0 ? "none" : `${num(disabled)} of ${num(mappings.length)} disabled`,
      losses.length === 0 ? "nothing" : `⚠ ${losses.join(", ")}`,
    ];
  });
  return table(["Function", "Reservation", "Provisioned", "Event sources", "May be lost"], rows);
}

function leftAlone(others: readonly Exclude<PreviewedKill, ToKill>[], now: Date): string {
  return [
    "## Left alone",
    ...others.map((other) => {
      const name = `**${plain(other.name)}**`;
      if (other.kind === "refused") return `- ✗ ${name}: ${plain(other.message)}`;
      if (other.kind === "off")
        return `- ${name} is off already: its reservation is ${num(other.reserved)}, and nothing else is to be done.`;
      const { at, reason } = other.record;
      return `- ${name} was killed ${plain(isoText(at, now))}: ${plain(reason)}.`;
    }),
  ].join("\n");
}

function section(previewed: ToKill, now: Date): string {
  const { name, reserved, killedTo, before, mappings, consequences, onlyHere, stack, continues, replaces } = previewed;
  const rows = [
    ["Reservation", reservationText(reserved), reserved === killedTo ? `stays ${killedTo}` : `**${killedTo}**`],
    ...before.provisioned.map(({ qualifier, requested }) => [
      `Provisioned concurrency of ${plain(qualifierText(qualifier))}`,
      num(requested),
      "**deleted**, a restore requests it again",
    ]),
    ...before.targets.map(({ qualifier, minimum, maximum }) => [
      `Auto scaling of ${plain(qualifierText(qualifier))}`,
      `${num(minimum)} to ${num(maximum)}`,
      "**suspended**",
    ]),
    ...mappings.map((mapping) => [
      plain(mappingName(mapping)),
      mapping.state === "Enabled" ? "enabled" : plain(mapping.state.toLowerCase()),
      mapping.disable ? "**disabled**" : "stays enabled",
    ]),
  ];
  const losses = consequences.filter(({ loses }) => loses);
  const rest = consequences.filter(({ loses }) => !loses);
  const earlier = continues ?? replaces;
  const keeps = continues === undefined ? "what it switched off comes back with this one" : "this one continues it";
  return [
    `## ${plain(name)}`,
    ...(stack === undefined ? [] : [`Stack ${plain(stack)}`]),
    ...(earlier === undefined
      ? []
      : [`An earlier kill (${plain(isoText(earlier.at, now))}: ${plain(earlier.reason)}) was not finished; ${keeps}.`]),
    table(["", "Now", "Then"], rows),
    ...list("May be lost", "⚠ ", losses),
    ...list("Also", "", rest),
    onlyHere === undefined
      ? "It can be restored from this machine, and by its tags from any other."
      : `⚠ Only this machine can restore it: ${plain(onlyHere)}`,
  ].join("\n\n");
}

function list(title: string, mark: string, consequences: readonly Consequence[]): readonly string[] {
  if (consequences.length === 0) return [];
  return [`**${title}**\n\n${consequences.map(({ message }) => `- ${mark}${plain(message)}`).join("\n")}`];
}

function reservationText(reserved: number | null): string {
  return reserved === null ? "none" : num(reserved);
}

/** A table of cells that are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
