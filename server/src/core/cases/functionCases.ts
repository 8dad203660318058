import { boundsOf, either, toValue } from "../ledger/bounds.ts";
import type { Value } from "../model.ts";
import {
  type CaseGroup,
  type CaseVariable,
  type FunctionCases,
  type Outcome,
  ownIndexIn,
  possibleCases,
  type StackCases,
} from "./stackCases.ts";
import { type Named, told } from "./variables.ts";

/** A function in one case of the parameters that it depends on itself. */
export interface FunctionCase {
  readonly when: Named;
  /** None when the function does not exist, or reserves nothing. */
  readonly reserved: Value;
}

/** Every case of a function that can be deployed, in the order of the classes; empty when there is only one. */
export function casesOfFunction(group: CaseGroup, own: FunctionCases): readonly FunctionCase[] {
  const variables = own.variables.map((position) => group.variables[position] as CaseVariable);
  const possible = new Set(possibleCases(group).map((index) => ownIndexIn(group.variables, own, index)));
  const byWhen = new Map<string, { when: Named; outcomes: Outcome[] }>();
  own.outcomes.forEach((outcome, index) => {
    if (!possible.has(index)) return;
    const when = told(variables, index);
    const key = JSON.stringify([...when]);
    const same = byWhen.get(key);
    if (same) same.outcomes.push(outcome);
    else byWhen.set(key, { when, outcomes: [outcome] });
  });
  if (byWhen.size < 2) return [];
  return [...byWhen.values()].map(({ when, outcomes }) => ({ when, reserved: reservedIn(outcomes) }));
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
