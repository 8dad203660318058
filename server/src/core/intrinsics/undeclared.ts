import { asMap, asScalar, deref, get, pairs, scalarText } from "../syntax/lookup.ts";
import type { Node } from "../syntax/nodes.ts";
import type { Scope } from "./evaluated.ts";
import type { Evaluator } from "./evaluator.ts";
import { memberOf } from "./forEach.ts";
import { type Intrinsic, intrinsicOf } from "./intrinsic.ts";
import { nameAt } from "./nodeText.ts";
import { piecesOf } from "./placeholders.ts";
import { fillIn } from "./scope.ts";
import { refusalOf } from "./truth.ts";

/**
 * The first name in an expression that nothing declares, as a phrase: `condition Nope is not declared`. CloudFormation looks names
 * up before it evaluates anything, so those in a branch that is not taken count too. Undefined where a name may be declared
 * elsewhere.
 */
export function undeclaredIn(evaluator: Evaluator, node: Node | undefined, scope: Scope): string | undefined {
  const target = deref(node);
  if (!target || (target.kind === "scalar" && target.tag === undefined)) return undefined;
  const call = intrinsicOf(target);
  if (call) return evaluator.nested(() => inCall(evaluator, call, scope));
  return evaluator.nested(() => inMembers(evaluator, target, scope));
}

function inMembers(evaluator: Evaluator, node: Node, scope: Scope): string | undefined {
  const target = deref(node);
  if (target?.kind === "seq") return first(target.items, (item) => undeclaredIn(evaluator, item, scope));
  if (target?.kind === "map") return first(pairs(target), ({ value }) => undeclaredIn(evaluator, value, scope));
  return undefined;
}

function inCall(evaluator: Evaluator, call: Intrinsic, scope: Scope): string | undefined {
  const operands = evaluator.arguments(call);
  const within = () =>
    call.tagged ? inMembers(evaluator, call.argument, scope) : undeclaredIn(evaluator, call.argument, scope);
  switch (call.name) {
    case "Ref": {
      const name = nameAt(call.argument, scope);
      return name === undefined ? undefined : undeclaredName(evaluator, name, scope);
    }
    case "Condition":
      return undeclaredCondition(evaluator, call.argument, scope);
    case "Fn::If":
      return (intrinsicOf(operands[0]) ? undefined : undeclaredCondition(evaluator, operands[0], scope)) ?? within();
    case "Fn::FindInMap":
      return undeclaredMapping(evaluator, operands, scope) ?? within();
    case "Fn::Sub":
      return inText(evaluator, call, scope);
    case "Fn::GetAtt":
      return undeclaredAttribute(evaluator, call, scope);
    case "Fn::Transform":
      return undefined;
    default:
      return within();
  }
}

function undeclaredCondition(evaluator: Evaluator, node: Node | undefined, scope: Scope): string | undefined {
  const name = nameAt(node, scope);
  return name === undefined ? undefined : refusalOf(evaluator.condition(name));
}

function undeclaredName(evaluator: Evaluator, name: string, scope: Scope): string | undefined {
  if (scope?.has(name) || name.startsWith("AWS::") || evaluator.parameterNodes.has(name)) return undefined;
  const [id = ""] = name.split(".");
  if (evaluator.isResource(id) || evaluator.mayBeGenerated(id)) return undefined;
  return evaluator.lacks("Parameters", id) && evaluator.lacks("Resources", id) ? `${id} is not declared` : undefined;
}

function undeclaredMapping(evaluator: Evaluator, operands: readonly Node[], scope: Scope): string | undefined {
  const [mapping, , , options] = operands;
  const name = intrinsicOf(mapping) ? undefined : nameAt(mapping, scope);
  if (name === undefined || get(options, "DefaultValue") || evaluator.mapping(name)) return undefined;
  return evaluator.lacks("Mappings", name) ? `mapping ${name} is not declared` : undefined;
}

function inText(evaluator: Evaluator, call: Intrinsic, scope: Scope): string | undefined {
  const [written, variables] = evaluator.arguments(call);
  const text = asScalar(written ?? call.argument);
  const own = asMap(variables);
  const inVariables = own && inMembers(evaluator, own, scope);
  if (!text || inVariables !== undefined) return inVariables;
  return first(piecesOf(fillIn(scalarText(text), scope)), (piece) => {
    if ("text" in piece || (own && memberOf(own, scope, piece.name, evaluator.evaluate))) return undefined;
    return piece.name.includes(".")
      ? undeclaredPath(evaluator, piece.name)
      : undeclaredName(evaluator, piece.name, scope);
  });
}

function undeclaredAttribute(evaluator: Evaluator, call: Intrinsic, scope: Scope): string | undefined {
  const value = evaluator.argument(call, scope);
  const parts = value.kind === "list" ? value.items : [value];
  const texts = parts.flatMap((part) => (part.kind === "scalar" ? part.text : []));
  return texts.length === parts.length ? undeclaredPath(evaluator, texts.join(".")) : undefined;
}

/** `Child.Outputs.Size`, `Fn.Arn`. */
function undeclaredPath(evaluator: Evaluator, path: string): string | undefined {
  const [id = "", section, name = "", ...more] = path.split(".");
  if (id === "") return undefined;
  if (!evaluator.isResource(id)) {
    return evaluator.parameterNodes.has(id) ? undefined : undeclaredName(evaluator, id, undefined);
  }
  const child = section === "Outputs" && more.length === 0 ? evaluator.child(id) : undefined;
  if (!child || name === "") return undefined;
  const output = child.output(name);
  if (!output) return child.lacks("Outputs", name) ? `nested stack ${id} has no output ${name}` : undefined;
  const condition = nameAt(get(output.value, "Condition"), output.scope);
  const exists = condition === undefined || child.condition(condition).value !== false;
  return exists ? undefined : `nested stack ${id} has no output ${name} where condition ${condition} is false`;
}

function first<T>(items: Iterable<T>, find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
