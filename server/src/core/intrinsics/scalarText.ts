import { asScalar } from "../syntax/lookup.ts";
import type { Node, ScalarNode } from "../syntax/nodes.ts";
import type { Scope } from "./evaluated.ts";
import { fillIn } from "./scope.ts";

/** The text CloudFormation sees: YAML's `0x10` and `1_000` are numbers before they become text. */
export function scalarText(node: ScalarNode): string {
  if (node.style !== "plain") return node.text;
  const { value, text } = node;
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "number" && Number.isSafeInteger(value) && !text.includes(".")) return String(value);
  return text;
}

/** The text of a scalar node as CloudFormation sees it, or undefined. */
export function textOf(node: Node | undefined, scope: Scope): string | undefined {
  const found = asScalar(node);
  return found && found.value !== null ? fillIn(scalarText(found), scope) : undefined;
}

/** A name (of a condition, parameter, resource) as written: `Yes` is a name like any other, though YAML 1.1 reads a boolean. */
export function nameAt(node: Node | undefined, scope: Scope): string | undefined {
  const found = asScalar(node);
  return found && found.text !== "" ? fillIn(found.text, scope) : undefined;
}
