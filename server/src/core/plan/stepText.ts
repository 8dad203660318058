import { qualifierText } from "../wording/arns.ts";
import { valueText } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import type { PlanStep } from "./plan.ts";

/** One call in words: `orders: 10 to 25`. */
export function stepText(step: PlanStep): string {
  const { name } = step;
  switch (step.kind) {
    case "put":
      return `${name}: ${valueText(step.from)} to ${num(step.to)}`;
    case "delete":
      return `${name}: ${num(step.from)} to none`;
    case "deleteProvisioned":
      return `${name}, ${qualifierText(step.qualifier)}: provisioned concurrency ${num(step.requested)} deleted`;
    case "putProvisioned":
      return `${name}, ${qualifierText(step.qualifier)}: provisioned concurrency ${num(step.requested)} put back`;
  }
}
