import { countOf } from "../intrinsics/count.ts";
import { scalar, sketchOf } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import { existenceOf, type FunctionDraft } from "./functions.ts";
import { type Properties, propertiesOf, propertyValue } from "./property.ts";
import type { References } from "./references.ts";
import type { BlindSpot, Resource } from "./resources.ts";

/**
 * Application Auto Scaling moves provisioned concurrency up to its `MaxCapacity` after the deployment. For a function without a
 * reservation that is a claim which no number in the template states.
 */
export function hiddenByScaling(
  evaluator: Evaluator,
  resource: Resource,
  references: References,
  drafts: ReadonlyMap<string, FunctionDraft>,
): BlindSpot | undefined {
  if (existenceOf(evaluator, resource) === false) return undefined;
  const properties = propertiesOf(evaluator, resource, undefined);
  if (textOf(evaluator, properties, "ServiceNamespace") !== "lambda") return undefined;
  const resourceId = textOf(evaluator, properties, "ResourceId");
  const id = resourceId === undefined ? undefined : references.target(scalar(resourceId.replace(/^function:/, "")));
  const draft = id === undefined ? undefined : drafts.get(id);
  if (id !== undefined && !draft) return undefined;
  if (typeof draft?.reserved.value === "number") return undefined;

  const most = countOf(propertyValue(evaluator, properties.get("MaxCapacity")));
  if (most === 0) return undefined;
  const what = draft
    ? `the provisioned concurrency of ${draft.resource.logicalId}`
    : "the provisioned concurrency of a function";
  const limit = typeof most === "number" ? ` to ${most}` : "";
  return { place: evaluator.placeOf(resource.keyNode), reason: `${resource.logicalId} may raise ${what}${limit}` };
}

function textOf(evaluator: Evaluator, properties: Properties, key: string): string | undefined {
  return sketchOf(propertyValue(evaluator, properties.get(key)));
}
