import { asScalar, scalarText } from "../syntax/lookup.ts";
import type { Node } from "../syntax/nodes.ts";
import type { Scope } from "./evaluated.ts";
import { fillIn } from "./scope.ts";

/** The text of a scalar node as CloudFormation sees it, or undefined. */
export function textOf(node: Node | undefined, scope: Scope): string | undefined {
  const found = asScalar(node);
  return found && found.value !== null ? fillIn(scalarText(found), scope) : undefined;
}

/** A name (of a condition, parameter, resource), typed as its key is: `!If [Yes, …]` and `Yes:` both mean `true`, `!Ref Yes` means `Yes`. */
export function nameAt(node: Node | undefined, scope: Scope): string | undefined {
  const found = asScalar(node);
  return found && found.text !== "" ? fillIn(scalarText(found), scope) : undefined;
}
