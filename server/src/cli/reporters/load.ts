import { type LoadSection, loadTables } from "#core";
import type { LoadOutcome } from "#operations";
import { alignColumns, printable } from "./terminal.ts";

/** What was measured, as text like that of `hey`; of several runs side by side, then each. */
export function loadLines(outcome: Omit<LoadOutcome, "kind">): string {
  const { comparison, notes, runs } = loadTables(outcome);
  const each = runs.map(({ title, sections }) => {
    const text = sections.map(sectionText).join("");
    return comparison === undefined ? text : `${title}\n\n${text}`;
  });
  const all =
    comparison === undefined
      ? []
      : [...alignColumns(comparison, new Set(runs.map((_, index) => index + 1))), ...notes, "", ""];
  return `${printable(outcome.says)}\n\n${all.join("\n")}${each.join("")}`;
}

function sectionText({ title, rows }: LoadSection): string {
  const lines = alignColumns(
    rows.map((row) => row.map(printable)),
    new Set(),
  );
  return `${title}\n${lines.map((line) => `  ${line}\n`).join("")}\n`;
}
