import type { BudgetPool, Placed } from "../budgetFile/budgetFile.ts";
import type { ParameterValue, ParameterValues } from "../model.ts";

/** The name under which a stack is deployed, where somebody says it. */
export interface StackName extends ParameterValue {
  readonly value: string;
}

/** Parameters with the pseudo parameters that are known: the stack's name, and the pool's account and Region. */
export function withSurroundings(
  parameters: ParameterValues,
  name: StackName | undefined,
  pool: Pick<BudgetPool, "account" | "region"> | undefined,
): ParameterValues {
  const known: [string, ParameterValue][] = [];
  if (name) known.push(["AWS::StackName", name]);
  if (pool?.account) known.push(["AWS::AccountId", fromBudget(pool.account, "account")]);
  if (pool?.region) known.push(["AWS::Region", fromBudget(pool.region, "region")]);
  return known.length === 0 ? parameters : new Map([...known, ...parameters]);
}

function fromBudget({ value, place }: Placed<string>, key: string): ParameterValue {
  return { value, source: { what: `${key} in the budget`, place } };
}
