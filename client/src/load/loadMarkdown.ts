import { loadTables, plain } from "#core";
import type { LoadOutcome } from "#operations";

/** What was measured, as Markdown: runs side by side, then each by itself. */
export function loadMarkdown(outcome: LoadOutcome): string {
  const { comparison, notes, runs } = loadTables(outcome);
  const [head = [], ...rows] = comparison ?? [];
  return [
    `# Load test: ${plain(outcome.target)}`,
    plain(outcome.says),
    ...notes.map(plain),
    ...(comparison === undefined ? [] : [table(head, rows)]),
    ...runs.flatMap(({ title, sections }) => [
      `## ${plain(title)}`,
      ...sections.flatMap((section) => [`**${section.title}**`, table(blank(section.rows), section.rows)]),
    ]),
  ].join("\n\n");
}

/** Cells of a head that says nothing, which Markdown wants all the same. */
function blank([first = []]: readonly (readonly string[])[]): readonly string[] {
  return first.map(() => "");
}

/** Rows may be shorter than the head. What names a row may be anything; figures are not. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = ([name = "", ...cells]: readonly string[]) =>
    `| ${[plain(name), ...head.slice(1).map((_, index) => cells[index] ?? "")].join(" | ")} |`;
  return [line(head), `| ${head.map(() => "---").join(" | ")} |`, ...rows.map(line)].join("\n");
}
