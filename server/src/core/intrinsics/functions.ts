import type { Node } from "../syntax/nodes.ts";
import { type Evaluated, eitherOf, mapOutcomes, type Scope, scalar, undecided, withSources } from "./evaluated.ts";
import type { Evaluator } from "./evaluator.ts";
import { findInMap } from "./findInMap.ts";
import { type Intrinsic, intrinsicOf } from "./intrinsic.ts";
import { nameAt } from "./nodeText.ts";
import { attributeOf } from "./outputs.ts";
import { referTo } from "./ref.ts";
import { join, split, substitute } from "./texts.ts";

/** The value of an intrinsic function call. `node` is the call as a whole. */
export function evaluateIntrinsic(evaluator: Evaluator, call: Intrinsic, scope: Scope, node: Node): Evaluated {
  switch (call.name) {
    case "Ref":
      return reference(evaluator, call, scope);
    case "Fn::If":
      return choose(evaluator, call, scope);
    case "Fn::FindInMap":
      return findInMap(evaluator, call, scope);
    case "Fn::Sub":
      return substitute(evaluator, call, scope);
    case "Fn::Join":
      return join(evaluator, call, scope);
    case "Fn::Split":
      return split(evaluator, call, scope);
    case "Fn::Select":
      return select(evaluator, call, scope);
    case "Fn::Length":
      return mapOutcomes(evaluator.argument(call, scope), (value) =>
        value.kind === "list"
          ? scalar(String(value.items.length), value.sources)
          : undecided("Fn::Length needs a list"),
      );
    case "Fn::GetAtt":
      return attribute(evaluator, call, scope);
    case "Fn::ImportValue":
      return undecided("Fn::ImportValue reads another stack's export at deployment", { late: true });
    case "Fn::Transform":
      return undecided("Fn::Transform runs a macro at deployment", { late: true });
    case "Fn::Base64":
    case "Fn::Cidr":
    case "Fn::GetAZs":
    case "Fn::ToJsonString":
      return undecided(`${call.name} is not evaluated here`, { late: true });
    default:
      return undecided(`${call.name === "Condition" ? "a condition" : (node.tag ?? call.name)} is not a value`);
  }
}

function reference(evaluator: Evaluator, call: Intrinsic, scope: Scope): Evaluated {
  const name = nameAt(call.argument, scope);
  return name === undefined ? undecided("Ref names nothing") : referTo(evaluator, name, scope);
}

function attribute(evaluator: Evaluator, call: Intrinsic, scope: Scope): Evaluated {
  const value = evaluator.argument(call, scope);
  const parts = value.kind === "list" ? value.items : [value];
  const path = parts.map((part) => (part.kind === "scalar" ? part.text : "?")).join(".");
  return attributeOf(evaluator, path);
}

function choose(evaluator: Evaluator, call: Intrinsic, scope: Scope): Evaluated {
  const [condition, yes, no] = evaluator.arguments(call);
  if (!condition || !yes || !no) return undecided("Fn::If needs a condition and two values");
  const name = intrinsicOf(condition) ? undefined : nameAt(condition, scope);
  if (name === undefined) return undecided("Fn::If needs the name of a condition");
  const truth = evaluator.condition(name);
  if (truth.value !== undefined) return withSources(evaluator.evaluate(truth.value ? yes : no, scope), truth.sources);
  const branches = [evaluator.evaluate(yes, scope), evaluator.evaluate(no, scope)];
  return eitherOf(truth.reason, truth.sources, branches, truth.refused ? { refused: true } : {});
}

function select(evaluator: Evaluator, call: Intrinsic, scope: Scope): Evaluated {
  const [index, list] = evaluator.arguments(call);
  if (!index || !list) return undecided("Fn::Select needs an index and a list");
  return mapOutcomes(evaluator.evaluate(index, scope), (position) =>
    mapOutcomes(evaluator.evaluate(list, scope), (items) => {
      if (items.kind !== "list") return undecided("Fn::Select needs a list");
      if (position.kind !== "scalar" || !/^\d+$/.test(position.text))
        return undecided("Fn::Select needs an index of digits");
      const item = items.items[Number(position.text)];
      if (!item)
        return undecided(`Fn::Select asks for item ${position.text} of ${items.items.length} (the first is 0)`);
      return withSources(withSources(item, items.sources), position.sources);
    }),
  );
}
