import type { Evaluated } from "../intrinsics/evaluated.ts";
import { boundsOf } from "../ledger/bounds.ts";
import type { Value } from "../model.ts";
import { boundsText, isUnknown } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import { awsNumbers } from "./awsNumbers.ts";
import type { Workflow } from "./workflow.ts";

/** How often one execution of a workflow invokes a function at once. */
export interface FanOut {
  readonly maximum: Exclude<Value, null>;
  /** Where Step Functions stops it; absent when that is not known. */
  readonly ceiling?: number;
  /** `MaxConcurrency 10 of Map Each`. */
  readonly text: string;
  /** Some Map has no MaxConcurrency. */
  readonly unbounded?: true;
  /** The text is a sum. */
  readonly isSum?: true;
  /** Some Map multiplies it. */
  readonly mapped: boolean;
}

/** What is known of the names and numbers in a workflow. */
export interface WorkflowNames {
  readonly isTarget: (target: string) => boolean;
  readonly count: (maximum: Evaluated) => Value;
}

/** Undefined when the function is not invoked. States that follow each other do not add up: the largest of them counts. */
export function fanOut(workflow: Workflow, names: WorkflowNames): FanOut | undefined {
  switch (workflow.kind) {
    case "call":
      return names.isTarget(workflow.target) ? { maximum: 1, ceiling: 1, text: "1", mapped: false } : undefined;
    case "after":
      return workflow.parts.flatMap((part) => fanOut(part, names) ?? []).reduce<FanOut | undefined>(larger, undefined);
    case "parallel":
      return workflow.parts.flatMap((part) => fanOut(part, names) ?? []).reduce<FanOut | undefined>(added, undefined);
    case "map": {
      const body = fanOut(workflow.body, names);
      return body && multiplied(workflow, body, workflow.maximum ? names.count(workflow.maximum) : null);
    }
  }
}

function larger(a: FanOut | undefined, b: FanOut): FanOut {
  return a === undefined || reach(b) > reach(a) ? b : a;
}

function reach({ maximum, ceiling }: FanOut): number {
  return ceiling ?? (typeof maximum === "number" ? maximum : Number.POSITIVE_INFINITY);
}

function added(a: FanOut | undefined, b: FanOut): FanOut {
  if (!a) return b;
  return {
    maximum: combine(a.maximum, b.maximum, (one, other) => one + other),
    ...(a.ceiling !== undefined && b.ceiling !== undefined && { ceiling: a.ceiling + b.ceiling }),
    text: `${a.text} + ${b.text}`,
    isSum: true,
    ...((a.unbounded || b.unbounded) && { unbounded: true }),
    mapped: a.mapped || b.mapped,
  };
}

function multiplied(map: Extract<Workflow, { kind: "map" }>, body: FanOut, written: Value): FanOut {
  const each = body.text === "1" ? "" : ` × ${body.isSum ? `(${body.text})` : body.text}`;
  if (written === null || written === 0) {
    const { inline, distributed } = awsNumbers.map;
    const soft = map.distributed ? distributed : inline;
    const kind = map.distributed ? "Distributed Map" : "Map";
    return {
      maximum: { unknown: `${kind} ${map.name} has no MaxConcurrency` },
      ...(body.ceiling !== undefined && { ceiling: soft * body.ceiling }),
      unbounded: true,
      text: `${kind} ${map.name} without MaxConcurrency${each}`,
      mapped: true,
    };
  }
  return {
    maximum: combine(written, body.maximum, (one, other) => one * other),
    ...(typeof written === "number" && body.ceiling !== undefined && { ceiling: written * body.ceiling }),
    ...(body.unbounded && { unbounded: true }),
    text: `${writtenText(map.name, written)}${each}`,
    mapped: true,
  };
}

function writtenText(name: string, written: Exclude<Value, null>): string {
  const known = isUnknown(written) ? boundsText(written) : num(written);
  return known === "unknown"
    ? `Map ${name} with a MaxConcurrency that is not known`
    : `MaxConcurrency ${known} of Map ${name}`;
}

function combine(
  a: Exclude<Value, null>,
  b: Exclude<Value, null>,
  apply: (one: number, other: number) => number,
): Exclude<Value, null> {
  if (typeof a === "number" && typeof b === "number") return apply(a, b);
  const [one, other] = [boundsOf(a), boundsOf(b)];
  const unknown = isUnknown(a) ? a.unknown : isUnknown(b) ? b.unknown : "";
  const max = one.max === undefined || other.max === undefined ? undefined : apply(one.max, other.max);
  return { unknown, min: apply(one.min, other.min), ...(max === undefined ? {} : { max }) };
}
