import type { KillRecord } from "#core";
import type { AccountError } from "../accountError.ts";
import type { AuditEntry } from "../change/audit.ts";
import type { ChangeOptions } from "../change/conditional.ts";
import { isDone, type Outcome } from "../change/outcome.ts";
import { setMappingEnabled } from "../change/setMappingEnabled.ts";
import { setProvisioned } from "../change/setProvisioned.ts";
import { setReserved } from "../change/setReserved.ts";
import { restoreScalingTarget, setScalingSuspension } from "../change/setScalingTarget.ts";
import type { Session } from "../session.ts";

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

/** How the steps of a kill are run. */
export interface KillHow extends ChangeOptions {
  /** Nothing else is done unless the reservation was accepted, which says that nothing is provisioned. */
  readonly reservedFirst?: boolean;
}

/** Targets first, so that they bring nothing back; then what feeds the function; the reservation when nothing provisioned is left. */
export function killSteps(
  session: Session,
  { name, before, killedTo }: KillRecord,
  { reservedFirst, ...how }: KillHow,
): readonly Step[] {
  const needs = reservedFirst ? ["reserved"] : [];
  const feeding: readonly Step[] = [
    ...before.targets.map((target) => ({
      field: `target:${target.qualifier}`,
      before: target.suspended,
      after: { in: true, out: true, scheduled: true },
      needs,
      run: () => setScalingSuspension(session, name, target, how),
    })),
    ...before.mappings.map(({ uuid }) => ({
      field: `mapping:${uuid}`,
      before: "enabled",
      after: "disabled",
      needs,
      run: () => setMappingEnabled(session, uuid, { from: true, to: false }, how),
    })),
  ];
  const provisioned: readonly Step[] = before.provisioned.map(({ qualifier, requested }) => ({
    field: `provisioned:${qualifier}`,
    before: requested,
    after: null,
    needs: [],
    run: () => setProvisioned(session, name, qualifier, { from: requested, to: null }, how),
  }));
  const reserved: Step = {
    field: "reserved",
    before: before.reserved,
    after: killedTo,
    needs: provisioned.map(({ field }) => field),
    run: () => setReserved(session, name, { from: before.reserved, to: killedTo }, how),
  };
  return reservedFirst ? [...provisioned, reserved, ...feeding] : [...feeding, ...provisioned, reserved];
}

/** The other way round; what feeds the function comes back only when it can run again. */
export function restoreSteps(
  session: Session,
  { name, before, killedTo }: KillRecord,
  how: ChangeOptions,
): readonly Step[] {
  const needs = ["reserved"];
  return [
    {
      field: "reserved",
      before: killedTo,
      after: before.reserved,
      needs: [],
      run: () => setReserved(session, name, { from: killedTo, to: before.reserved }, how),
    },
    ...before.provisioned.map(({ qualifier, requested }) => ({
      field: `provisioned:${qualifier}`,
      before: null,
      after: requested,
      needs,
      run: () => setProvisioned(session, name, qualifier, { from: null, to: requested }, how),
    })),
    ...before.mappings.map(({ uuid }) => ({
      field: `mapping:${uuid}`,
      before: "disabled",
      after: "enabled",
      needs,
      run: () => setMappingEnabled(session, uuid, { from: false, to: true }, how),
    })),
    ...before.targets.map((target) => ({
      field: `target:${target.qualifier}`,
      before: { in: true, out: true, scheduled: true },
      after: target.suspended,
      needs: before.provisioned.map(({ qualifier }) => `provisioned:${qualifier}`),
      run: () => restoreScalingTarget(session, name, target, how),
    })),
  ];
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
