import type { Evaluator } from "../intrinsics/evaluator.ts";
import { intrinsicOf } from "../intrinsics/intrinsic.ts";
import type { Refusal } from "../model.ts";
import { deref, get } from "../syntax/lookup.ts";
import type { Node } from "../syntax/nodes.ts";
import type { Properties } from "./property.ts";
import type { Resource } from "./resources.ts";

/**
 * Where an intrinsic stands that nothing evaluates there: as `Properties` of any resource, and of SAM's what its transform makes
 * resources from. AWS::LanguageExtensions may have settled it before.
 */
export function refusedIntrinsics(
  evaluator: Evaluator,
  resource: Resource,
  properties: Properties,
  sam: boolean,
): Refusal[] {
  if (evaluator.extended) return [];
  const capacity = sam ? properties.get("CapacityProviderConfig")?.entry.value : undefined;
  const ignored = sam ? deref(get(resource.map, "IgnoreGlobals")) : undefined;
  return [
    ...refusedCall(evaluator, get(resource.map, "Properties"), "Properties", sam),
    ...refusedCall(evaluator, capacity, "CapacityProviderConfig", sam),
    ...refusedIgnore(evaluator, ignored),
  ];
}

function refusedCall(evaluator: Evaluator, node: Node | undefined, property: string, sam: boolean): Refusal[] {
  const call = intrinsicOf(node);
  if (!call || !node || call.name === "Fn::Transform") return [];
  const message = `has ${call.name} as ${property}, where ${sam ? "SAM" : "CloudFormation"} takes no intrinsic function, so the deployment fails. Write out what it chooses.`;
  return [{ rule: "never-accepted", property, message, place: evaluator.placeOf(node) }];
}

function refusedIgnore(evaluator: Evaluator, node: ReturnType<typeof deref>): Refusal[] {
  if (!node || node.kind === "seq" || (node.kind === "scalar" && node.text === "*")) return [];
  const message =
    'has an IgnoreGlobals that SAM refuses: it takes a list of property names, or "*" for all of them. Write it as a list.';
  return [{ rule: "never-accepted", property: "IgnoreGlobals", message, place: evaluator.placeOf(node) }];
}
