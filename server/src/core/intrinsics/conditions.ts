import type { Source } from "../model.ts";
import { isRefused } from "../refused.ts";
import type { Node } from "../syntax/nodes.ts";
import { type Evaluated, nearest, type Scope, sketchOf } from "./evaluated.ts";
import type { ConditionIndex, Evaluator } from "./evaluator.ts";
import type { Entry, LoopProblem } from "./forEach.ts";
import { intrinsicOf } from "./intrinsic.ts";
import { nameAt } from "./nodeText.ts";
import { type Decided, type Open, refusalOf, type Truth } from "./truth.ts";
import { undeclaredIn } from "./undeclared.ts";

interface Conditions {
  byName(name: string): Truth;
  /** Those that were asked for and look up a mapping entry that is not there, with the reason. */
  withoutEntry(): readonly { readonly name: string; readonly reason: string }[];
  /** The condition as declared, loops expanded. */
  entry(name: string): Entry | undefined;
  problems(): readonly LoopProblem[];
}

/**
 * The `Conditions` section: each condition decided once and only when asked for, circles refused.
 * @param indexed the section, read when it is first needed
 * @param assumed how open conditions are taken in the case that is looked at; a decided one stays what it is
 */
export function createConditions(
  evaluator: Evaluator,
  indexed: () => ConditionIndex,
  assumed: ReadonlyMap<string, boolean>,
): Conditions {
  const known = new Map<string, Truth>();
  const underway = new Set<string>();
  const decide = (name: string): Truth => {
    const entry = indexed().byName.get(name);
    if (!entry) {
      const hidden = indexed().problems[0];
      if (hidden) return open(`condition ${name} may come from a ${hidden.reason}`);
      const missing = refused(`condition ${name} is not declared`);
      return evaluator.lacks("Conditions", name) ? missing : { ...missing, elsewhere: true };
    }
    if (underway.has(name)) return refused(`condition ${name} refers to itself`);
    underway.add(name);
    const evaluated = truthOf(evaluator, entry.value, entry.scope);
    // Conditions that it refers to are decided by now.
    const undeclared = undeclaredIn(evaluator, entry.value, entry.scope);
    const found = undeclared === undefined ? evaluated : refused(undeclared, evaluated.sources);
    underway.delete(name);
    const way = found.value === undefined && !found.refused ? assumed.get(name) : undefined;
    const truth: Truth = way === undefined ? found : { value: way, sources: found.sources };
    const source: Source = {
      what: `condition ${name}${truth.value === undefined ? "" : ` (${truth.value})`}`,
      place: evaluator.placeOf(entry.keyNode),
    };
    const sources = nearest([source, ...truth.sources]);
    if (truth.value !== undefined) return { ...truth, sources };
    return { ...truth, sources, reason: refusalOf(truth) ?? named(name, truth.reason) };
  };

  return {
    withoutEntry: () =>
      [...known].flatMap(([name, truth]) =>
        truth.value === undefined && truth.noEntry ? [{ name, reason: truth.reason }] : [],
      ),
    entry: (name) => indexed().byName.get(name),
    byName: (name) => {
      const before = known.get(name);
      if (before) return before;
      const truth = decide(name);
      if (!underway.has(name)) known.set(name, truth);
      return truth;
    },
    problems: () => indexed().problems,
  };
}

/** A chain of conditions names the outermost and the reason, not every link between. What is refused stays what it is. */
function named(name: string, reason: string): string {
  if (isRefused({ unknown: reason })) return reason;
  const cause = reason.replace(/^condition \S+ is not decided: /, "");
  return `condition ${name} is not decided: ${cause}`;
}

function open(reason: string, sources: readonly Source[] = []): Open {
  return { value: undefined, reason, sources };
}

function refused(reason: string, sources: readonly Source[] = []): Open {
  return { value: undefined, reason, sources, refused: true };
}

function truthOf(evaluator: Evaluator, node: Node, scope: Scope): Truth {
  const call = intrinsicOf(node);
  if (!call) return refused("it is not a condition function");
  const operands = evaluator.arguments(call);
  switch (call.name) {
    case "Condition": {
      const name = nameAt(call.argument, scope);
      return name === undefined ? refused("it names no condition") : evaluator.condition(name);
    }
    case "Fn::Equals": {
      if (operands.length !== 2) return refused("Fn::Equals needs two values");
      const [left, right] = operands;
      return equal(evaluator.evaluate(left, scope), evaluator.evaluate(right, scope));
    }
    case "Fn::Not": {
      if (operands.length !== 1) return refused("Fn::Not needs one condition");
      const truth = operand(evaluator, operands[0] as Node, scope);
      return truth.value === undefined ? truth : { ...truth, value: !truth.value };
    }
    case "Fn::And":
      return combine(evaluator, operands, scope, false);
    case "Fn::Or":
      return combine(evaluator, operands, scope, true);
    default:
      return refused(`${call.name} is not a condition function`);
  }
}

function operand(evaluator: Evaluator, node: Node, scope: Scope): Truth {
  return evaluator.nested(() => truthOf(evaluator, node, scope)) ?? open("conditions are nested too deeply to follow");
}

/** `Fn::And` and `Fn::Or`: one operand with the deciding value decides, whatever the others are. */
function combine(evaluator: Evaluator, operands: readonly Node[], scope: Scope, deciding: boolean): Truth {
  if (operands.length === 0) return refused("Fn::And and Fn::Or need conditions");
  const sources: Source[] = [];
  let undecided: Open | undefined;
  let decided: Decided | undefined;
  for (const node of operands) {
    const truth = operand(evaluator, node, scope);
    if (truth.value === undefined) {
      if (truth.refused) return truth;
      undecided ??= truth;
    } else if (truth.value === deciding) decided ??= truth;
    else sources.push(...truth.sources);
  }
  return decided ?? undecided ?? { value: !deciding, sources };
}

function equal(left: Evaluated, right: Evaluated): Truth {
  const sources = [...left.sources, ...right.sources];
  if (isLate(left) || isLate(right)) return open("a condition cannot use an output of a nested stack", sources);
  const outcome = compare(left, right);
  if (outcome !== undefined) return { value: outcome, sources };
  const without = [left, right].find((value) => value.kind === "undecided" && value.noEntry);
  if (without?.kind === "undecided") return { ...refused(without.reason, sources), noEntry: true };
  if (left.kind === "undecided") return open(left.reason, sources);
  if (right.kind === "undecided") return open(right.reason, sources);
  return open("Fn::Equals compares a value that is not a text", sources);
}

function isLate(value: Evaluated): boolean {
  return value.kind === "scalar" && value.late === true;
}

function compare(left: Evaluated, right: Evaluated): boolean | undefined {
  if (left.kind === "scalar" && right.kind === "scalar") return left.text === right.text;
  if (excludes(left, right) || excludes(right, left)) return false;
  if (left.kind === "list" && right.kind === "list") return compareLists(left.items, right.items);
  if (left.kind === "undecided" || right.kind === "undecided") {
    const sketch = sketchOf(left);
    if (sketch !== undefined && sketch === sketchOf(right)) return true;
    return compareAlternatives(left, right);
  }
  return undefined;
}

/** Is the one known not to be the other? */
function excludes(one: Evaluated, other: Evaluated): boolean {
  return one.kind === "undecided" && other.kind === "scalar" && one.not?.has(other.text) === true;
}

function compareLists(left: readonly Evaluated[], right: readonly Evaluated[]): boolean | undefined {
  if (left.length !== right.length) return false;
  let all: boolean | undefined = true;
  for (let i = 0; i < left.length; i++) {
    const same = compare(left[i] as Evaluated, right[i] as Evaluated);
    if (same === false) return false;
    if (same === undefined) all = undefined;
  }
  return all;
}

function compareAlternatives(left: Evaluated, right: Evaluated): boolean | undefined {
  const lefts = outcomes(left);
  const rights = outcomes(right);
  if (!lefts || !rights || lefts.length * rights.length > 10_000) return undefined;
  let result: boolean | undefined;
  for (const one of lefts) {
    for (const other of rights) {
      if (one.kind === "undecided" || other.kind === "undecided") return undefined;
      const same = compare(one, other);
      if (same === undefined || (result !== undefined && same !== result)) return undefined;
      result = same;
    }
  }
  return result;
}

function outcomes(value: Evaluated): readonly Evaluated[] | undefined {
  if (value.kind !== "undecided") return [value];
  return value.refused ? undefined : value.alternatives;
}
