export type Severity = "error" | "warning" | "information";
/** One row of the rule table. */
export interface Rule {
  /** Severity unless the setting `lambdaConcurrency.rules` says otherwise. */
  readonly severity: Severity;
  /** What it reports, as a sentence for lists and SARIF. */
  readonly summary: string;
  /** Why it matters and how to mend it: two or three sentences of Markdown. */
  readonly help: string;
}

/** Every rule: stable id, default severity, what it reports, why it matters. The documentation anchor is the id. */
export const rules = {
  "pool-overcommitted": {
    severity: "error",
    summary: "The claims of a pool leave less than the floor unreserved.",
    help: "Lambda refuses a reservation that would leave less than a minimum (the floor) of the account's limit unreserved, and the deployment fails with `decreases account's UnreservedConcurrentExecution below its minimum value of [N]`. Lower or remove reservations by the number in the message, or have the limit raised (Service Quotas, `L-B99A9384`). When the limit is only assumed, state the real one: `limit:` in the budget, `--limit`, or the setting `lambdaConcurrency.assumedLimit`. When floor and limit are equal, as in many new accounts, no positive reservation is possible at all.",
  },
  "cushion-broken": {
    severity: "warning",
    summary: "The floor is kept, but the budget's keep-unreserved is not.",
    help: "`keep-unreserved` in the budget says how much of the limit you want to leave to functions without a reservation. Lambda would accept the deployment, but those functions would share less than you planned. Lower a reservation by the number in the message, or lower `keep-unreserved`.",
  },
  "over-budget": {
    severity: "error",
    summary: "A template reserves more than the budget grants.",
    help: "The budget grants each function, in each copy of its stack, at most so much. Lower the reservation to the grant, or raise the grant in the budget after checking that the pool still fits; both are quick fixes.",
  },
  "not-in-budget": {
    severity: "warning",
    summary: "A function reserves concurrency that no budget entry grants.",
    help: "The function takes a part of the pool that nobody planned for. Add an entry under `reservations` in the budget, by `FunctionName` or by `stack/LogicalId` (`*` is allowed), or remove the reservation.",
  },
  "budget-unused": {
    severity: "information",
    summary: "A budget entry that no function reserves.",
    help: "The entry names no function of the pool's stacks, or only functions that do not reserve. Often the name has changed or contains a typing error. What is granted to a function that no template declares still counts as claimed; remove the entry when it is out of date.",
  },
  "cost-above-budget": {
    severity: "warning",
    summary: "A reservation, or a pool, that can cost more an hour than the budget allows.",
    help: "`max-cost-per-hour` in the budget says what a function, per copy of its stack, or all reservations of a pool may cost in US dollars. The worst case is held against it: everything reserved running all the time at AWS's list price, requests at the rate cap (10 per second and unit of concurrency), and provisioned concurrency. Lower the reservation, `MemorySize` or the provisioned concurrency, or raise the amount. What cannot be told (a Region without a known price, memory that is not decided) is reported as `value-unknown`.",
  },
  "reserved-zero": {
    severity: "warning",
    summary: "A reservation of 0 that no budget declares off: the function never runs.",
    help: "With a reservation of 0 every invocation is throttled; asynchronous events are dropped or go to the dead-letter queue at once. Such a 0 is often left over from an incident. Remove it, set a positive number, or write `off` for the function in the budget when it is meant.",
  },
  "globals-multiply": {
    severity: "information",
    summary: "A Globals reservation counts once for every function.",
    help: "`ReservedConcurrentExecutions` under `Globals.Function` is not shared: each function that inherits it reserves the whole number, so n functions take n times the value out of the pool. Set the number on the functions that need it, or exempt a function with `!Ref AWS::NoValue` or `IgnoreGlobals`.",
  },
  "provisioned-above-reserved": {
    severity: "error",
    summary: "The provisioned concurrency of a function exceeds its reservation.",
    help: "Provisioned concurrency is taken out of the function's own reservation, so the sum over its aliases and versions must not exceed it; Lambda refuses the change otherwise, also for a reservation of 0. Raise the reservation to the sum or lower the provisioned concurrency.",
  },
  "provisioned-fills-reserved": {
    severity: "information",
    summary: "Provisioned concurrency fills the reservation: unqualified invocations are throttled.",
    help: "When provisioned concurrency equals the reservation, nothing is left for `$LATEST` and for versions and aliases without provisioned concurrency: their invocations are throttled, and there is no room for bursts. Raise the reservation above the sum unless all callers use the provisioned alias.",
  },
  "provisioned-needs-alias": {
    severity: "error",
    summary: "Provisioned concurrency where a function cannot have it.",
    help: "SAM puts provisioned concurrency on the alias that `AutoPublishAlias` creates and refuses the template without one; it also refuses it together with `CapacityProviderConfig` or `TenancyConfig`. Lambda provisions only for published versions, so an alias on `$LATEST` is refused, and not for a function with SnapStart (`ApplyOn: PublishedVersions`) or tenant isolation. Add `AutoPublishAlias`, point the alias to a version, or remove one of the two properties.",
  },
  "provisioned-on-version": {
    severity: "warning",
    summary: "Provisioned concurrency on a version, where it cannot be changed.",
    help: "CloudFormation cannot update `ProvisionedConcurrencyConfig` of an `AWS::Lambda::Version`: any other number needs a new version, an update that only changes it can leave the stack stuck, and a version that is retained keeps its provisioned concurrency and costs on. Put it on an `AWS::Lambda::Alias` that points to the version: there it follows each new version and can be changed or removed. The quick fix moves it.",
  },
  "parameter-refused": {
    severity: "error",
    summary: "A parameter's value that CloudFormation refuses.",
    help: "CloudFormation checks parameters before it deploys anything: a value outside `AllowedValues`, `MinValue`, `MaxValue`, `MinLength`, `MaxLength` or `AllowedPattern` ends the deployment, and so does a nested stack that is given a parameter which its template does not declare, or none for one without a Default. Such a value is not counted, and its pool cannot be deployed. It is reported where it is given: samconfig, the budget, a parameter file, the stack around, or the parameter's `Default`. Correct the value or the constraint.",
  },
  "yaml-key-typed": {
    severity: "warning",
    summary: "An unquoted key that YAML 1.1 reads as a number or a boolean.",
    help: "SAM CLI and CloudFormation read YAML 1.1: an unquoted `NO` or `on` is a boolean, `020222070707` an octal number, and `1.10` is `1.1`. As the name of a mapping, of one of its keys, of a condition, a parameter or a resource it becomes another text than is written, and a lookup by the written text fails. Quote the key; the quick fix also quotes where it is named.",
  },
  "live-overcommitted": {
    severity: "error",
    summary: "What AWS has left now is not enough for what is declared: deploying it fails.",
    help: "Lambda refuses a reservation that leaves less than the floor unreserved in the account, whoever holds the rest: stacks of other teams, functions that were set by hand. Each stack is held against the account as one deployment: what is unreserved there now, with what the stack's own functions hold, must be enough for what they declare. Set at most the number in the message, or free concurrency in AWS first. It is reported only while the account has been read, as a warning where it depends on whether Lambda gives back provisioned concurrency.",
  },
  "property-misspelt": {
    severity: "warning",
    summary: "A near miss of a concurrency property.",
    help: "SAM and CloudFormation refuse a property that they do not know, and until then it looks as if the function had a reservation. The message says which property is near; the quick fix renames it or puts the number where it belongs. The pool is not said to fit while there is one.",
  },
  "max-concurrency-above-reserved": {
    severity: "warning",
    summary: "The MaximumConcurrency of a function's queues exceeds its reservation.",
    help: "Lambda reads up to `MaximumConcurrency` batches at once from each queue without looking at the function's reservation. What the reservation does not take is throttled, and each time the messages count as received, so that good ones end in the dead-letter queue. Keep the sum over all queues of the function at or below the reservation: lower `MaximumConcurrency`, or raise the reservation.",
  },
  "sqs-throttle-to-dlq": {
    severity: "warning",
    summary: "A queue without MaximumConcurrency throttles messages into its dead-letter queue.",
    help: "Lambda reads a queue without looking at the function's reservation. What the reservation does not take is tried again until the queue's visibility timeout has passed, then the message comes back and counts as received once more; after `maxReceiveCount` receives it is in the dead-letter queue although nothing is wrong with it. The message says how many receives that is and how long. Set `MaximumConcurrency` on the source to at most the reservation, which stops the throttling. From a `maxReceiveCount` of 5 on, which AWS advises, it is an information.",
  },
  "stream-fanout-above-reserved": {
    severity: "information",
    summary: "The shards of a function's streams hand over more batches at once than it reserves.",
    help: "Kinesis and DynamoDB streams hand over one batch for each shard, times `ParallelizationFactor`. What the reservation does not take waits: nothing is lost before the records expire, but shards are blocked and their records get older. Raise the reservation to the number in the message, or lower `ParallelizationFactor`.",
  },
  "map-fanout-above-reserved": {
    severity: "warning",
    summary: "A Step Functions Map invokes a function more often at once than it reserves.",
    help: "A `Map` state runs up to `MaxConcurrency` iterations at once; without it, or with 0, as many as Step Functions allows (about 40 inline, 10,000 in a Distributed Map). What the function's reservation does not take fails with `Lambda.TooManyRequestsException`. The numbers are those of one execution; several executions add up. Set `MaxConcurrency` to at most the reservation, raise the reservation, or retry the error in the state.",
  },
  "source-can-fill-pool": {
    severity: "warning",
    summary: "A source that nobody capped can take the whole unreserved pool from all other functions.",
    help: "A function without a reservation shares what is unreserved with all others. A queue without `MaximumConcurrency` pushes up to 1,250 batches at once, a Distributed Map without `MaxConcurrency` 10,000: where that is as much as is unreserved, a backlog takes all of it and every other function without a reservation is throttled. Set `MaximumConcurrency` on the source, which costs nothing, or reserve concurrency for the function. It is an information for functions with a `Timeout` below 60 seconds.",
  },
  "scaling-above-reserved": {
    severity: "warning",
    summary: "A scaling target that the function's reservation does not let scale.",
    help: "Application Auto Scaling asks Lambda for more provisioned concurrency, and Lambda refuses what exceeds the function's reservation. With a `MinCapacity` above the reservation the template deploys, but every scale-out is refused from the start; a `MaxCapacity` above it is never reached. Raise the reservation, or lower the capacity.",
  },
  "never-accepted": {
    severity: "error",
    summary: "A value that AWS refuses for certain: the deployment fails.",
    help: "CloudFormation, SAM or Lambda refuses the value whatever the account has, so the template cannot be deployed: a reservation below 0 or that is no whole number, provisioned concurrency of 0, a `MaximumConcurrency` of 1, an intrinsic function where SAM takes none (`AutoPublishAlias: !If …`). The pool never fits while there is one. For no reservation leave the property out; for provisioned concurrency in some stages only, put the whole `ProvisionedConcurrencyConfig` behind `!If` with `AWS::NoValue`. The quick fixes do that.",
  },
  "live-limit-differs": {
    severity: "warning",
    summary: "The account's limit is not the one that the budget states.",
    help: "The limit that the budget (or `--limit`) states keeps counting, but Lambda goes by the account's: where that is lower, deployments fail although everything here fits. It is reported only while the account has been read. Correct `limit`, remove it so that the account's limit counts, or have the account's limit raised (Service Quotas, `L-B99A9384`).",
  },
  "live-drift": {
    severity: "information",
    summary: "Budget, template and account disagree about a reservation.",
    help: "The account has another reservation than the template or the budget says; the message names the likely cause: changed by hand, killed, switched off, not deployed yet, or left over after the function was removed. It is reported only while the account has been read, and never about a number that is unknown. Deploy the template, set the reservation, or bring template and budget up to date.",
  },
  "value-unknown": {
    severity: "information",
    summary: "A value that cannot be decided, and what would decide it.",
    help: "The number depends on something outside the files: a parameter without a value, an import, a remote nested stack, a macro. Nothing is guessed; checks that need the number say what they could not decide. Give the parameter a value in the budget's stack entry, in samconfig, or with `--parameter` or `--parameter-file`, or choose an environment with `config` or `--config-env`.",
  },
  "budget-invalid": {
    severity: "error",
    summary: "A mistake in the budget file itself.",
    help: "A key, a type or a name in the budget file is wrong. The rest of the file is still analysed. The message says what is expected; the JSON schema of the format gives completion in editors.",
  },
  "samconfig-shadowed": {
    severity: "information",
    summary: "A samconfig environment that does not count because the template has one of its own.",
    help: "The environment names a template as `template_file`, but a samconfig beside that template has the same environment. The one beside the template counts, as it does for `sam deploy -t`; a `sam deploy` in the other folder would use the other one, so the numbers that are checked here need not be those that are deployed. Keep the parameters in one of the two, or check the other one with `--config-file`.",
  },
  "stack-not-found": {
    severity: "error",
    summary: "A stack entry of a budget that matches no template, or also what cannot be counted.",
    help: "`template` is a path or a glob relative to the budget file. Nothing was found there, or what was found is no SAM or CloudFormation template, so the claims of this stack are missing from the pool. A glob must lead to nothing that cannot be counted either: what a file that is broken, too large, out of reach or beyond the first 5,000 reserves is unknown, so the pool depends on it; a warning names templates that git ignores or that lie behind a link to a folder.",
  },
  "not-checked": {
    severity: "information",
    summary:
      "What is written and not checked: a file that is meant as a budget or holds functions, or the downstreams of a budget.",
    help: "A budget counts only under the name `concurrency-budget.yaml` or `NAME.concurrency-budget.yaml` (or `.yml`), in lower case; functions count only in a template, under `Resources`. What such a file says is not part of any number here. Rename the budget, or check the template that the file becomes part of. `downstreams` of a budget are read and described, but no reservation is compared with their capacity yet.",
  },
  "unused-suppression": {
    severity: "information",
    summary: "A lambda-concurrency-ignore that suppresses nothing.",
    help: "The comment `# lambda-concurrency-ignore RULE: reason` covers its own line or, standing alone, the line below; the list or mapping under `Metadata.LambdaConcurrency.ignore` covers its resource. Nothing there is reported by that rule any more, or the rule's name is misspelt. Remove or correct it.",
  },
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof rules;

/** What the user chose for a rule in `lambdaConcurrency.rules`. */
export type RuleLevel = Severity | "off";

/** Where the rules are documented; a rule's own section is at the anchor of its id. */
export const rulesDocumentation = "https://github.com/lambda-concurrency/lambda-concurrency/blob/main/docs/rules.md";

/** The address of a rule's documentation, for `Diagnostic.codeDescription` and SARIF `helpUri`. */
export function ruleDocumentation(id: RuleId): string {
  return `${rulesDocumentation}#${id}`;
}

/** Whether a text is the id of a rule. */
export function isRuleId(text: string): text is RuleId {
  return Object.hasOwn(rules, text);
}
