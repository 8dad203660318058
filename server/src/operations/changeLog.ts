import { type LoggedChange, readAuditLog } from "#aws";
import { callerText, fieldText, isoText, many, num, plain } from "#core";

/** More changes than this are not in the table: they are in the file. */
const shown = 500;

const actions: Readonly<Record<LoggedChange["action"], string>> = {
  set: "set",
  apply: "apply",
  undo: "undo",
  kill: "kill",
  restore: "restore",
  forget: "forget",
  load: "load test",
};

const results: Readonly<Record<LoggedChange["result"], string>> = {
  done: "done",
  already: "was so already",
  changed: "not done: changed meanwhile",
  refused: "refused",
  failed: "failed",
  unknown: "not known",
};

/** The log of changes of a state folder as a Markdown table, newest first. Rejects with an `AccountError` when it cannot be read. */
export async function changeLogText(folder: string, now: Date): Promise<string> {
  const { changes, unreadable, cut } = await readAuditLog(folder);
  const newest = changes.slice(-shown).reverse();
  const older = changes.length - newest.length;
  const notes = [
    ...(cut ? ["Older changes are in the file alone."] : []),
    ...(!cut && older > 0 ? [`${many(older, "older change")} ${older === 1 ? "is" : "are"} in the file alone.`] : []),
    ...(unreadable > 0 ? [`${many(unreadable, "line")} of the file cannot be read.`] : []),
  ];
  const table = [
    "| time | function | change | result | for |",
    "|---|---|---|---|---|",
    ...newest.map((change) => `| ${cells(change, now).join(" | ")} |`),
  ];
  return `${[
    "# Log of Changes",
    newest.length === 0 ? "Nothing was changed from this machine yet." : table.join("\n"),
    ...notes,
  ].join("\n\n")}\n`;
}

function cells(change: LoggedChange, now: Date): readonly string[] {
  const { time, account, alias, region, action, title, field, before, after, result, message, who } = change;
  const what = title === undefined ? actions[action] : `${actions[action]}: ${title}`;
  const reason = message === undefined || result === "done" ? "" : `: ${message}`;
  return [
    unbroken(isoText(time, now)),
    plain(change.function),
    `${plain(fieldText(field))}: ${unbroken(`${valueText(before)} → ${valueText(after)}`)}`,
    plain(`${results[result]}${reason}`),
    plain(`${what}, in ${alias ?? account} ${region} by ${callerText(who)}`),
  ];
}

/** Text that stays in one line of a cell as long as there is room. */
function unbroken(text: string): string {
  return plain(text).replaceAll(" ", "\u00a0");
}

/** Up to so many characters of a value that is no number. */
const longest = 60;

function valueText(value: unknown): string {
  if (value === null || value === undefined) return "none";
  if (typeof value === "number") return num(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
