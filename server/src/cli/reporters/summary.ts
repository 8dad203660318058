import type { Severity, Value } from "#core";
import type { CheckReport } from "../report.ts";

/** `1 error`, `2 errors`, `1,000 functions`. */
export function counted(count: number, noun: string): string {
  return `${numberText(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** The end of a report: what was found, in how much, and what was not looked at. */
export function summaryLine({ summary, files, findings }: CheckReport): string {
  const found = [
    summary.errors > 0 ? counted(summary.errors, "error") : "",
    summary.warnings > 0 ? counted(summary.warnings, "warning") : "",
    summary.information > 0 ? `${summary.information} information` : "",
  ].filter((part) => part !== "");
  const unread = files.filter((file) => file.error !== undefined).length;
  const read = files.filter((file) => file.kind !== "other");
  const functions = read.reduce((sum, file) => sum + file.functions, 0);
  const suppressed = findings.filter((finding) => finding.suppressed !== undefined).length;
  const others = files.length - read.length - files.filter(({ kind, error }) => kind === "other" && error).length;
  const verdict = found.length > 0 ? found.join(", ") : unread > 0 ? "Nothing found" : "No problems";
  const checked = `${verdict} in ${counted(read.length, "file")} with ${counted(functions, "function")}`;
  return [
    read.length > 0 ? checked : ["Nothing was checked", ...found].join("; "),
    suppressed > 0 ? `, ${suppressed} suppressed` : "",
    unread > 0 ? `; ${counted(unread, "file")} could not be read completely` : "",
    others > 0 ? `; ${counted(others, "named file")} neither template nor budget` : "",
    ".",
  ].join("");
}

/** `1,000` */
export function numberText(number: number): string {
  return number.toLocaleString("en-US");
}

/** A value for people: `200`, `none`, `unknown (100 to 300)`. */
export function valueText(value: Value): string {
  if (value === null) return "none";
  if (typeof value === "number") return numberText(value);
  const { min, max } = value;
  if (min !== undefined && max !== undefined) return `${numberText(min)} to ${numberText(max)}`;
  if (min !== undefined) return `${numberText(min)} or more`;
  if (max !== undefined) return `${numberText(max)} or less`;
  return "unknown";
}

/** Order of severities, the gravest highest. */
export const gravity = { information: 0, warning: 1, error: 2 } as const satisfies Record<Severity, number>;
