/**
 * The words of the budget format in one place: reader, completion, hover and the JSON schema all take keys, descriptions and
 * bounds from here.
 */

/** One key of a mapping in a budget file. */
export interface BudgetKey {
  /** What it means, in plain Markdown: the first sentence says what it is, the rest what to know. */
  readonly description: string;
  /** A value as one would write it, for completion and hover. */
  readonly example: string;
  /** The mapping is of no use without it. */
  readonly required?: true;
  /** JSON schema (draft 7) of the value, without its description. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** The keys of a mapping, in the order they are best written. */
export type KeyTable = Readonly<Record<string, BudgetKey>>;

/** Largest integer a budget may say: Lambda's API takes 32-bit integers. */
export const MAX_NUMBER = 2_147_483_647;

/** Most copies of one stack; beyond it is a typing mistake. */
export const MAX_INSTANCES = 10_000;

/** Most entries with `*` of one pool: each of them is held against every function. */
export const MAX_PATTERNS = 1_000;

/** An AWS account id. */
export const ACCOUNT_PATTERN = /^[0-9]{12}$/;

/** The form of a Region's name: `us-east-1`, `us-gov-west-1`, `eusc-de-east-1`. */
export const REGION_PATTERN = /^[a-z]{2,4}(?:-[a-z]+)+-[0-9]+$/;

const text = { type: "string", minLength: 1 };
const count = (minimum: number, maximum = MAX_NUMBER) => ({ type: "integer", minimum, maximum });
const amount = { type: "number", exclusiveMinimum: 0, maximum: MAX_NUMBER };
const patterns = { type: "array", items: text, minItems: 1, uniqueItems: true };

/** Keys of a pool: one YAML document. */
export const poolKeys: KeyTable = {
  pool: {
    description: "Name of the pool in messages, e.g. `production`. Default: the account and Region.",
    example: "production",
    schema: text,
  },
  environment: {
    description: "What kind of environment the pool is. `production` asks for more care before anything is changed.",
    example: "production",
    schema: text,
  },
  account: {
    description:
      "The AWS account: 12 digits in quotes, so that a leading zero survives. When it is given, live reads and changes must match it.",
    example: '"123456789012"',
    schema: { type: "string", pattern: ACCOUNT_PATTERN.source },
  },
  region: {
    description: "The AWS Region. Each Region of an account has its own pool.",
    example: "us-east-1",
    schema: { type: "string", pattern: REGION_PATTERN.source },
  },
  limit: {
    description:
      "Concurrent executions that the account has in this Region: the applied quota L-B99A9384. Default: the live value if the account was read, else the assumed limit from the settings.",
    example: "1000",
    schema: count(1),
  },
  floor: {
    description:
      "What Lambda insists on leaving unreserved: the N in the error “below its minimum value of [N]”. Default: the value learned for the account, else the smaller of 100 and the limit.",
    example: "100",
    schema: count(0),
  },
  "keep-unreserved": {
    description:
      "Your own cushion: a warning when less than this stays unreserved, also while the floor is still kept. It counts from zero, so it should be larger than the floor.",
    example: "150",
    schema: count(0),
  },
  "max-cost-per-hour": {
    description:
      "Warn when the reservations of the pool could cost more US dollars an hour than this, at list price: all of them running all the time, requests at the rate cap, and provisioned concurrency. Functions without a reservation are not counted.",
    example: "50",
    schema: amount,
  },
  stacks: {
    description: "The templates that are deployed into this pool, with name, parameters and number of copies.",
    example: "",
    schema: { type: ["array", "null"], items: { $ref: "#/definitions/stack" } },
  },
  reservations: {
    description:
      "What each function may reserve, per function and copy of its stack. A key is the FunctionName or `stack/LogicalId` (nested: `stack/Child/LogicalId`) and may hold `*`; an exact name beats a glob, a longer glob a shorter one.",
    example: "",
    schema: { type: ["object", "null"], additionalProperties: { $ref: "#/definitions/grant" } },
  },
  downstreams: {
    description:
      "Systems behind the functions that bear only so many of them at once, such as a database with a connection limit. Not checked yet: no reservation is compared with a capacity.",
    example: "",
    schema: { type: ["object", "null"], additionalProperties: { $ref: "#/definitions/downstream" } },
  },
  "kill-groups": {
    description: "Functions that the kill switch offers as one.",
    example: "",
    schema: { type: ["object", "null"], additionalProperties: patterns },
  },
};

/** Keys of an entry of `stacks`. */
export const stackKeys: KeyTable = {
  template: {
    description: "The template: a path or glob, relative to the budget file.",
    example: "services/orders/template.yaml",
    required: true,
    schema: text,
  },
  name: {
    description:
      "The stack's name; a list or a glob when there are several instances. Default: samconfig's `stack_name`, else the folder of the template.",
    example: "orders-prod",
    schema: { anyOf: [text, patterns] },
  },
  config: {
    description: "The samconfig environment whose `parameter_overrides` are used. Default: `default`.",
    example: "prod",
    schema: text,
  },
  parameters: {
    description:
      "Values for the template's parameters, above those of samconfig: a mapping, or the path of a parameter file (relative to the budget file) as `aws cloudformation deploy`, CodePipeline or Git sync take it.",
    example: "{Stage: prod}",
    schema: {
      anyOf: [
        text,
        {
          type: "object",
          additionalProperties: {
            anyOf: [
              { type: ["string", "number", "boolean", "null"] },
              { type: "array", items: { type: ["string", "number", "boolean"] } },
            ],
          },
        },
      ],
    },
  },
  instances: {
    description:
      "How many copies of the stack share the pool; every claim counts that often. Default: 1, or the length of the list of names.",
    example: "4",
    schema: count(1, MAX_INSTANCES),
  },
};

const reserved = { anyOf: [count(0), { type: "string", enum: ["off"] }, { type: "boolean", enum: [false] }] };

/** Keys of an entry of `reservations` in its long form. */
export const grantKeys: KeyTable = {
  reserved: {
    description: "The reservation that is granted, per function and copy of its stack; `off` for 0 on purpose.",
    example: "200",
    required: true,
    schema: reserved,
  },
  reason: {
    description: "Why it is this number. Shown wherever the number is discussed.",
    example: '"RDS proxy allows 200 connections"',
    schema: text,
  },
  owner: {
    description: "Whom to ask before it is changed.",
    example: "data-team",
    schema: text,
  },
  "max-cost-per-hour": {
    description:
      "Warn when the function could cost more US dollars an hour than this, at list price, per copy of its stack: its reservation running all the time, requests at the rate cap, and provisioned concurrency.",
    example: "8",
    schema: amount,
  },
};

/** Keys of an entry of `downstreams`. */
export const downstreamKeys: KeyTable = {
  capacity: {
    description: "How much the system bears at once, e.g. its number of connections. Not checked yet.",
    example: "400",
    required: true,
    schema: count(1),
  },
  "per-execution": {
    description: "How much of it one execution takes. Default: 1.",
    example: "1",
    schema: amount,
  },
  functions: {
    description: "The functions that use it: FunctionNames or `stack/LogicalId`, `*` allowed.",
    example: "[orders-prod/Ingest, orders-api]",
    required: true,
    schema: patterns,
  },
};

/** A value of `reservations`: a number, `off`, or the long form. */
export const reservedSchema: Readonly<Record<string, unknown>> = reserved;
