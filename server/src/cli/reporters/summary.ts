import { many, type Severity } from "#core";
import type { CheckReport } from "../report.ts";

/** The end of a report: what was found, in how much, and what was not looked at. */
export function summaryLine({ summary, files, findings }: CheckReport): string {
  const found = [
    summary.errors > 0 ? many(summary.errors, "error") : "",
    summary.warnings > 0 ? many(summary.warnings, "warning") : "",
    summary.information > 0 ? `${summary.information} information` : "",
  ].filter((part) => part !== "");
  const unread = files.filter((file) => file.error !== undefined).length;
  const read = files.filter((file) => file.kind !== "other");
  const functions = read.reduce((sum, file) => sum + file.functions, 0);
  const suppressed = findings.filter((finding) => finding.suppressed !== undefined).length;
  const others = files.length - read.length - files.filter(({ kind, error }) => kind === "other" && error).length;
  const verdict = found.length > 0 ? found.join(", ") : unread > 0 ? "Nothing found" : "No problems";
  const checked = `${verdict} in ${many(read.length, "file")} with ${many(functions, "function")}`;
  return [
    read.length > 0 ? checked : ["Nothing was checked", ...found].join("; "),
    suppressed > 0 ? `, ${suppressed} suppressed` : "",
    unread > 0 ? `; ${many(unread, "file")} could not be read completely` : "",
    others > 0 ? `; ${many(others, "named file")} neither template nor budget` : "",
    ".",
  ].join("");
}

/** Order of severities, the gravest highest. */
export const gravity = { information: 0, warning: 1, error: 2 } as const satisfies Record<Severity, number>;
