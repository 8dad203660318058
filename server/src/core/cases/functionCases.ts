import { boundsOf, either, toValue } from "../ledger/bounds.ts";
import type { Value } from "../model.ts";
import { namedCases } from "./caseText.ts";
import { type CaseGroup, type FunctionCases, type Outcome, outcomeIn, type StackCases } from "./stackCases.ts";
import { indexesByWhen, type When } from "./when.ts";

/** A function in one case of the parameters that it depends on itself. */
export interface FunctionCase {
  readonly when: When;
  /** None when the function does not exist, or reserves nothing. */
  readonly reserved: Value;
}

/** Every case of a function that can be deployed, in the order of the classes; empty when there is only one. */
export function casesOfFunction(group: CaseGroup, own: FunctionCases): readonly FunctionCase[] {
  const cases = indexesByWhen(group, group.possible, own.variables);
  if (cases.length < 2) return [];
  return cases.map(({ when, indexes }) => {
    const outcomes = new Set(indexes.map((index) => outcomeIn(own, index)));
    return { when, reserved: reservedIn([...outcomes]) };
  });
}

/** The cases in their own order; where they are more than a text names, the largest first. */
export function inTextOrder<T extends { readonly reserved: Value }>(cases: readonly T[]): readonly T[] {
  const most = ({ reserved }: T) => boundsOf(reserved).max ?? Number.POSITIVE_INFINITY;
  return cases.length <= namedCases ? cases : [...cases].sort((a, b) => most(b) - most(a));
}

/** The same of a function by its path in the stack: `Child/Worker`. */
export function casesOfPath(cases: StackCases | undefined, path: string): readonly FunctionCase[] {
  for (const group of cases?.groups ?? []) {
    const own = group.functions.find((one) => one.path === path);
    if (own) return casesOfFunction(group, own);
  }
  return [];
}

function reservedIn(outcomes: readonly Outcome[]): Value {
  const [first, ...others] = outcomes.map(({ reserved }) => reserved);
  if (first === undefined) return null;
  if (others.every((reserved) => reserved === first)) return first;
  return toValue(outcomes.map(({ reserved }) => boundsOf(reserved)).reduce(either), "a condition is open in this case");
}
