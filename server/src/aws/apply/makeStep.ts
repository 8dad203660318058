import type { PlanStep } from "#core";
import type { ChangeOptions } from "../change/compareAndSet.ts";
import type { Outcome } from "../change/outcome.ts";
import { setProvisioned } from "../change/setProvisioned.ts";
import { setReserved } from "../change/setReserved.ts";
import type { Session } from "../session.ts";
import type { AuditEntry } from "../state/audit.ts";

/** Makes one step of a plan where the function is still as the plan says, and reads it back. Never throws. */
export function makeStep(session: Session, step: PlanStep, options: ChangeOptions): Promise<Outcome<unknown>> {
  const { name } = step;
  switch (step.kind) {
    case "put":
      return setReserved(session, name, { from: step.from, to: step.to }, options);
    case "delete":
      return setReserved(session, name, { from: step.from, to: null }, options);
    case "deleteProvisioned":
      return setProvisioned(session, name, step.qualifier, { from: step.requested, to: null }, options);
    case "putProvisioned":
      return setProvisioned(session, name, step.qualifier, { from: null, to: step.requested }, options);
  }
}

/** What a step changes, as the log says it. */
export function auditOf(step: PlanStep): Pick<AuditEntry, "function" | "field" | "before" | "after"> {
  const { name } = step;
  switch (step.kind) {
    case "put":
      return { function: name, field: "reserved", before: step.from, after: step.to };
    case "delete":
      return { function: name, field: "reserved", before: step.from, after: null };
    case "deleteProvisioned":
      return { function: name, field: `provisioned:${step.qualifier}`, before: step.requested, after: null };
    case "putProvisioned":
      return { function: name, field: `provisioned:${step.qualifier}`, before: null, after: step.requested };
  }
}
