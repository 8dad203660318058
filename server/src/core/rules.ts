import type { Severity } from "./model.ts";

/** One row of the rule table. */
export interface Rule {
  /** Severity unless the setting `lambdaConcurrency.rules` says otherwise. */
  readonly severity: Severity;
  /** What it reports, as a sentence fragment for lists and SARIF. */
  readonly summary: string;
}

/** Every rule: stable id, default severity, what it reports. The documentation anchor is the id. */
export const rules = {
  "pool-overcommitted": { severity: "error", summary: "The claims of a pool leave less than the floor unreserved." },
  "cushion-broken": { severity: "warning", summary: "The floor is kept, but the budget's keep-unreserved is not." },
  "over-budget": { severity: "error", summary: "A template reserves more than the budget grants." },
  "not-in-budget": { severity: "warning", summary: "A function reserves concurrency that no budget entry grants." },
  "budget-unused": { severity: "information", summary: "A budget entry that no function reserves." },
  "reserved-zero": { severity: "warning", summary: "A reservation of 0 that no budget declares off: the function never runs." },
  "globals-multiply": { severity: "information", summary: "A Globals reservation counts once for every function." },
  "provisioned-above-reserved": {
    severity: "error",
    summary: "The provisioned concurrency of a function exceeds its reservation.",
  },
  "provisioned-fills-reserved": {
    severity: "information",
    summary: "Provisioned concurrency fills the reservation: unqualified invocations are throttled.",
  },
  "provisioned-needs-alias": {
    severity: "error",
    summary: "ProvisionedConcurrencyConfig on a SAM function that cannot have it.",
  },
  "value-unknown": { severity: "information", summary: "A value that cannot be decided, and what would decide it." },
  "budget-invalid": { severity: "error", summary: "A mistake in the budget file itself." },
  "stack-not-found": { severity: "error", summary: "A stack entry of a budget that matches no template." },
  "unused-suppression": { severity: "information", summary: "A lambda-concurrency-ignore that suppresses nothing." },
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof rules;

/** What the user chose for a rule in `lambdaConcurrency.rules`. */
export type RuleLevel = Severity | "off";
