import type { AccountError } from "../accountError.ts";
import { isDone, type Outcome } from "../change/outcome.ts";
import type { AuditEntry } from "../state/audit.ts";

/** One change of a kill or a restore. */
export interface Step {
  /** `reserved`, `provisioned:live`, `mapping:UUID`, `target:live`. */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Fields of steps that must be done, or it is not tried. */
  readonly needs: readonly string[];
  run(): Promise<Outcome<unknown>>;
}

/** What became of a step. `notTried`: one that it needs was not done. */
export interface StepResult {
  readonly field: string;
  readonly outcome: Outcome<unknown>["outcome"] | "notTried";
  readonly message?: string;
  readonly error?: AccountError;
  readonly found?: unknown;
}

/** What happens around the steps. */
export interface StepsAround {
  readonly onStep?: (step: Step) => void;
  /** Gives what went wrong with the log. */
  readonly log?: (
    step: Pick<AuditEntry, "field" | "before" | "after" | "result" | "message">,
  ) => Promise<string | undefined>;
}

/** Runs steps one after the other. One that fails stops only those that need it. */
export async function runSteps(steps: readonly Step[], around: StepsAround): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) {
    const { field, before, after, needs } = step;
    const missing = needs.find((need) => results.some((result) => result.field === need && !isThere(result)));
    if (missing !== undefined) {
      results.push({ field, outcome: "notTried", message: `Not tried, because ${missing} was not changed.` });
      continue;
    }
    around.onStep?.(step);
    const { outcome, message, error, found } = await step.run();
    const unlogged = await around.log?.({
      field,
      before,
      after,
      result: outcome,
      ...(message === undefined ? {} : { message }),
    });
    const said = [message, unlogged].filter((text) => text !== undefined).join(" ");
    results.push({
      field,
      outcome,
      ...(said === "" ? {} : { message: said }),
      ...(error === undefined ? {} : { error }),
      ...(found === undefined ? {} : { found }),
    });
  }
  return results;
}

/** Is it now as the step wants it? */
export function isThere({ outcome }: StepResult): boolean {
  return outcome !== "notTried" && isDone({ outcome });
}

/** Did the step change the account, as far as anybody knows? */
export function mayHaveChanged({ outcome }: StepResult): boolean {
  return outcome === "done" || outcome === "unknown";
}

/** What was not done and why. */
export function summary(steps: readonly StepResult[]): string {
  return steps
    .filter((step) => !isThere(step))
    .map(({ field, message }) => `${field}: ${message ?? "not done"}`)
    .join(" ");
}
