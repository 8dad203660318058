import type { Uri } from "../model.ts";

const BUDGET_NAME = /(?:^|[/.])concurrency-budget\.ya?ml$/;

/** Whether a file is a budget by its name: `concurrency-budget.yaml`, `<anything>.concurrency-budget.yaml`, or `.yml`. */
export function isBudgetFile(uri: Uri): boolean {
  return BUDGET_NAME.test(uri);
}
