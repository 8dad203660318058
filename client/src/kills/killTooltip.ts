import type { ListedKill } from "#aws";
import { callerText, isoText, num, plain, qualifierText, stateText } from "#core";

/** Where the record of a kill is: who can restore it. */
export function recordPlace({ source, tagged }: Pick<ListedKill, "source" | "tagged">): string {
  if (source === "tags") return "only in the tags of the function: somebody killed it elsewhere";
  return tagged
    ? "on this machine and in the tags of the function"
    : "only on this machine: nobody else can restore it";
}

/** The whole record of a kill, as Markdown. */
export function killTooltip(kill: ListedKill, notes: readonly string[], now: Date): string {
  const { record } = kill;
  const { name, before, killedTo, who, reason, at, until, account, region, id } = record;
  const rows = [
    ["Off since", `${isoText(at, now)}, reservation ${killedTo}`],
    ["By", callerText(who)],
    ["Why", reason === "" ? "not said" : reason],
    ["Reminder", until === undefined ? "none" : isoText(until, now)],
    ["Before", stateText(before)],
    ...before.targets.map(({ qualifier, minimum, maximum }) => [
      `Auto scaling of ${qualifierText(qualifier)}`,
      `${num(minimum)} to ${num(maximum)}`,
    ]),
    ...before.mappings.map(({ uuid }) => ["Mapping", uuid]),
    ["Record", recordPlace(kill)],
    ["Account", `${account} · ${region}`],
    ["Id", id],
  ];
  return [
    `**${plain(name)}**`,
    ...notes.map(plain),
    ["| | |", "|---|---|", ...rows.map(([word = "", value = ""]) => `| ${plain(word)} | ${plain(value)} |`)].join("\n"),
  ].join("\n\n");
}
