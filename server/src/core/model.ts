/**
 * The words of the product as types. Everything here is plain data: no methods, no hidden state.
 * Offsets are UTF-16 offsets into the text of a file; they become lines and characters only at the edge.
 */

import type { FixData } from "./fixData.ts";
import type { RuleId, Severity } from "./ruleTable.ts";

/** A file, as a URI string (`file:///…`). */
export type Uri = string;

/** Half-open range of UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span in a file. */
export interface Place extends Span {
  readonly uri: Uri;
}

/** A number that cannot be decided from what we have. Never treated as 0 and never guessed. */
export interface Unknown {
  /** Why it is not decided, and what would decide it; a phrase that fits behind "unknown: ". */
  readonly unknown: string;
  /** Lowest value it can take, when something bounds it. */
  readonly min?: number;
  /** Highest value it can take, when something bounds it. */
  readonly max?: number;
}

/** An integer, `null` for "none" (a reservation that is not set), or unknown. 0 is a number. */
export type Value = number | null | Unknown;

/** Lowest and highest value of a number that may not be decided; `max` undefined = nothing bounds it. */
export interface Bounds {
  readonly min: number;
  readonly max: number | undefined;
}

/** Where a value comes from, e.g. `Globals`, a parameter's Default, a mapping entry. */
export interface Source {
  /** What stands there, as a phrase: `Globals.Function`, `parameter Stage (Default)`, `samconfig.toml [prod]`. */
  readonly what: string;
  readonly place?: Place;
}

/** A number that a template declares for a function, with where it stands and where it comes from. */
export interface Setting {
  readonly value: Value;
  /** Where a finding about it stands: the value written, the intrinsic, or (inherited from Globals) the logical id. */
  readonly place: Place;
  /** Nearest first. Empty when the number is a literal written right there. */
  readonly sources: readonly Source[];
  /** `literal`: a plain number at `place`; `intrinsic`: computed there; `globals`: inherited; `absent`: not written. */
  readonly origin: "literal" | "intrinsic" | "globals" | "absent";
  /** AWS refuses it: `why` as a phrase (`-1 is below 0`), `open` what is not decided when it may not come to that. */
  readonly refused?: {
    readonly why: string;
    readonly open?: string;
    readonly noEntry?: true;
    readonly undeclared?: true;
  };
}

/**
 * Something that AWS refuses for certain: a deployment with it fails. Whoever finds one adds it to the function it belongs to
 * (`FunctionDraft.refused`) or, when it belongs to none, to its template (`ResolvedTemplate.refused`). That is all: the pool
 * then never fits, `validate/refusals.ts` makes the finding, and `resolve` lists it. A value that is refused and no whole
 * number becomes `refusedValue(why)`, which claims nothing.
 */
export interface Refusal {
  readonly rule: RuleId;
  /** What is refused: a property of the function, a parameter, a mapping. */
  readonly property: string;
  /** A sentence that ends with what to do. Of a function: what goes on after its logical id (`reserves -1, but …`). */
  readonly message: string;
  /** What is refused alone, of a function: `reserves -1`. */
  readonly what?: string;
  /** Where the finding stands; may be in another file (samconfig, a budget). */
  readonly place: Place;
  readonly related?: readonly Related[];
  /** Set when it may not come to that: what is not decided. The finding is a warning then, and the pool depends. */
  readonly open?: string;
  /** Where a mapping has no entry for it, that alone, as a phrase: `there is no mapping entry Sizes.qa.Worker`. */
  readonly noEntry?: string;
  /** The value of what depends on it: `refusedValue(…)`. */
  readonly says?: string;
  /** For the quick fix, beside the function's own numbers. */
  readonly fix?: FixData;
}

/** Provisioned concurrency of one version or alias of a function. */
export interface ProvisionedSetting extends Setting {
  /** Alias name, or the logical id of the version. */
  readonly qualifier: string;
  /** The key `ProvisionedConcurrencyConfig` as written. */
  readonly key: Place;
  /** It is written on an `AWS::Lambda::Version`. */
  readonly onVersion?: true;
}

/** `ScalingConfig.MaximumConcurrency` of one event source mapping. */
export interface MaximumConcurrencySetting extends Setting {
  /** Logical id of the mapping (SAM: function id + event name). */
  readonly source: string;
  /** The mapping is switched off (`Enabled: false`): it takes no messages. */
  readonly enabled?: false;
}

/** What pushes events at a function. `async`: events that Lambda queues (schedules, topics, buckets); `other`: callers that wait. */
export type SourceKind = "sqs" | "kinesis" | "dynamodb" | "kafka" | "mq" | "map" | "async" | "other";

/** A scaling target that moves the provisioned concurrency of an alias or version. */
export interface ScalingTarget {
  readonly logicalId: string;
  /** Alias name or logical id of the version; undefined when it cannot be told which of the function's. */
  readonly qualifier?: string;
  readonly place: Place;
  readonly minimum: Value;
  readonly maximum: Value;
  /** It is not decided whether the target exists: its condition. */
  readonly condition?: string;
}

/** Instruction set of a function. */
export type Architecture = "x86_64" | "arm64";

/** What AWS charges for an execution of a function by. */
export interface ComputeSize {
  /** MB. */
  readonly memory: number | Unknown;
  /** Those that it may have; more than one where that is not decided. */
  readonly architectures: readonly Architecture[];
}

/** A Lambda function that a template declares, under one set of parameters. */
export interface DeclaredFunction {
  /** Logical id after `Fn::ForEach` expansion. */
  readonly logicalId: string;
  readonly type: "AWS::Serverless::Function" | "AWS::Lambda::Function";
  /** `FunctionName` after resolving: `null` when CloudFormation invents one. */
  readonly name: string | null | Unknown;
  /** Name of the condition when it is undecided; a decided false one removes the function. */
  readonly condition?: string;
  /** `value: null` with `origin: "absent"` when the template does not reserve. */
  readonly reserved: Setting;
  readonly provisioned: readonly ProvisionedSetting[];
  readonly maximumConcurrency: readonly MaximumConcurrencySetting[];
  readonly scaling: readonly ScalingTarget[];
  readonly size: ComputeSize;
  /** Why the function takes nothing from the pool (Managed Instances); absent for ordinary functions. */
  readonly outsidePool?: string;
  /** What AWS refuses about it for certain; empty when nothing. */
  readonly refused: readonly Refusal[];
  /** The logical id as written (or the `Fn::ForEach` key). */
  readonly place: Place;
  /** The whole resource, key to end of its value. */
  readonly extent: Place;
  /** The function's `Properties` mapping value, when there is one: where a fix inserts. */
  readonly properties?: Place;
  /** SQS event sources without MaximumConcurrency, by mapping: logical id and where a fix may insert. */
  readonly sqsSources: readonly {
    readonly source: string;
    readonly place: Place;
    readonly maximumConcurrency?: Value;
  }[];
}

/** A nested stack (`AWS::Serverless::Application`, `AWS::CloudFormation::Stack`) of a template. */
export interface NestedStack {
  readonly logicalId: string;
  readonly condition?: string;
  readonly place: Place;
  /** The Location / TemplateURL value, for links. */
  readonly locationPlace?: Place;
  /** The child's file when the location is local. */
  readonly uri?: Uri;
  /** The child under the parent's parameters; absent when it is remote, missing or unreadable. */
  readonly template?: ResolvedTemplate;
  /** Why there is no `template`. */
  readonly unknown?: string;
}

/** An unquoted key that YAML 1.1 takes for a number or a boolean, so that another text is looked up than is written. */
export interface TypedKey {
  readonly place: Place;
  readonly written: string;
  /** What SAM CLI sends in its place. */
  readonly typed: string;
}

/** One template under one set of parameters. */
export interface ResolvedTemplate {
  readonly uri: Uri;
  readonly kind: "sam" | "cloudformation";
  /** Functions of this file, in the order of the file; those of nested stacks are in `nested`. */
  readonly functions: readonly DeclaredFunction[];
  readonly nested: readonly NestedStack[];
  /** Names of the declared parameters. */
  readonly parameters: readonly string[];
  /** Those of them that have no Default. */
  readonly required: readonly string[];
  /** The Globals.Function.ReservedConcurrentExecutions value as written, when there is one, and the functions that inherit it. */
  readonly globalReserved?: {
    readonly place: Place;
    readonly setting: Setting;
    readonly inheritedBy: readonly string[];
  };
  /** Things that hide functions or numbers from us (macros, AWS::Include, undecidable loops, more than is read: `cut`), each with its place. */
  readonly blindSpots: readonly {
    readonly place: Place;
    readonly reason: string;
    readonly cut?: true;
    /** The most that is claimed there, where that is known. */
    readonly most?: number;
  }[];
  /** What AWS refuses for certain and belongs to no single function: a parameter outside its constraints, a missing mapping entry. */
  readonly refused: readonly Refusal[];
  /** Names that YAML 1.1 takes for a number or a boolean. */
  readonly typedKeys: readonly TypedKey[];
  /** Every file that was read or looked for to get here, this one included: a change of any of them invalidates this value. */
  readonly reads: readonly Uri[];
}

/** Values for the parameters of a template with where each comes from. Values are strings, as CloudFormation passes them. */
export type ParameterValues = ReadonlyMap<string, ParameterValue>;
export interface ParameterValue {
  readonly value: string | Unknown;
  readonly source: Source;
}

/** What a file turned out to be. */
export type FileKind = "sam" | "cloudformation" | "budget" | "other";

/** A place that explains a finding: another summand, the source of a value. */
export interface Related {
  readonly place: Place;
  readonly message: string;
}

/** Something to tell the user, at a place in a file. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** A sentence with number, limit and overshoot. */
  readonly message: string;
  readonly place: Place;
  readonly related: readonly Related[];
  /** Name of the pool, when the finding belongs to one. */
  readonly pool?: string;
  /** Name of the stack, when the finding belongs to one. */
  readonly stack?: string;
  /** Numbers and names for the quick fix; JSON-safe. See `fixData.ts`. */
  readonly data?: FixData;
  /** Present when a `lambda-concurrency-ignore` comment or metadata covers it; such a finding is not shown, only listed in SARIF. */
  readonly suppressed?: { readonly reason: string; readonly place: Place };
}
