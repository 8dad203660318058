import type { BudgetFile, Grant } from "../../budgetFile/budgetFile.ts";
import { readBudgetFile } from "../../budgetFile/readBudgetFile.ts";
import { parse } from "../../syntax/parse.ts";
import type { Edit } from "../edge.ts";

/** New values for entries of a budget. */
export interface NewValues {
  readonly text: string;
  readonly budget: BudgetFile;
  /** 0-based index of the pool's document. */
  readonly document: number;
  /** What entries are to grant, by their pattern; all others keep what they grant. */
  readonly wanted: ReadonlyMap<string, number>;
}

/** The edits that give entries their new values and change no other: an entry whose anchor gets another value gets one of its own. */
export function valueEdits(values: NewValues): readonly Edit[] {
  const { budget, document, wanted } = values;
  const grants = budget.pools[document]?.reservations ?? [];
  const target = ({ pattern, reserved }: Grant) => wanted.get(pattern) ?? reserved;
  const edits = new Map<string, Edit>();
  for (const grant of grants) {
    if (target(grant) !== grant.reserved) edits.set(grant.pattern, editOf(grant, target(grant)));
  }
  // An anchor whose value was changed would carry its aliases along.
  const read = readAfter(values, [...edits.values()]);
  for (const grant of grants) {
    if (read.get(grant.pattern) !== target(grant)) edits.set(grant.pattern, editOf(grant, target(grant)));
  }
  return [...edits.values()];
}

function editOf({ valuePlace }: Grant, value: number): Edit {
  return { ...valuePlace, text: value === 0 ? "off" : String(value) };
}

function readAfter({ text, budget, document }: NewValues, edits: readonly Edit[]): ReadonlyMap<string, number> {
  const changed = [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((whole, { start, end, text: value }) => whole.slice(0, start) + value + whole.slice(end), text);
  const read = readBudgetFile(budget.uri, changed, parse(changed, "budget"));
  return new Map(read.pools[document]?.reservations.map(({ pattern, reserved }) => [pattern, reserved]));
}
