import type { BudgetFile } from "#core/budgetFile/budgetFile.ts";
import { readBudgetFile } from "#core/budgetFile/readBudgetFile.ts";
import { parse } from "#core/syntax/parse.ts";

export const uri = "file:///w/concurrency-budget.yaml";

/** Reads a budget out of a text. */
export function read(text: string): BudgetFile {
  return readBudgetFile(uri, text, parse(text, "budget"));
}

/** The problems of a text, each as `line «text at its place» message` and, when there is a fix, ` → replacement`. */
export function problemsOf(text: string): readonly string[] {
  return read(text).problems.map(({ place, message, replacement }) => {
    const line = text.slice(0, place.start).split("\n").length;
    const fix = replacement ? ` → ${replacement.text}` : "";
    return `${line} «${text.slice(place.start, place.end)}» ${message}${fix}`;
  });
}

/** The text after every fix that a problem offers. */
export function fixed(text: string): string {
  let result = text;
  for (const { place, replacement } of [...read(text).problems].reverse()) {
    if (replacement) result = result.slice(0, place.start) + replacement.text + result.slice(place.end);
  }
  return result;
}
