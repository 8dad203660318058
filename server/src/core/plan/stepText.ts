import type { PlanStep } from "./plan.ts";

/** One call in words: `orders: 10 to 25`. */
export function stepText(step: PlanStep): string {
  const { name } = step;
  switch (step.kind) {
    case "put":
      return `${name}: ${step.from ?? "none"} to ${step.to}`;
    case "delete":
      return `${name}: ${step.from} to none`;
    case "deleteProvisioned":
      return `${name}:${step.qualifier}: take ${step.requested} provisioned away`;
    case "putProvisioned":
      return `${name}:${step.qualifier}: put ${step.requested} provisioned back`;
  }
}
