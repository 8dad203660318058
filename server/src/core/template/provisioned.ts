import type { Evaluator } from "../intrinsics/evaluator.ts";
import type { Value } from "../model.ts";
import { existenceOf, type FunctionDraft, qualifierOf } from "./functions.ts";
import { propertiesOf, propertyValue } from "./property.ts";
import type { References } from "./references.ts";
import type { BlindSpot, Resource } from "./resources.ts";
import { memberSettingOf, onlyIf } from "./settings.ts";

/**
 * Adds the provisioned concurrency of an `AWS::Lambda::Alias` or `AWS::Lambda::Version` to its function. Answers a blind spot
 * when it provisions for a function that is not in this template: that claim is not counted.
 */
export function addProvisioned(
  evaluator: Evaluator,
  resource: Resource,
  references: References,
  drafts: ReadonlyMap<string, FunctionDraft>,
): BlindSpot | undefined {
  const properties = propertiesOf(evaluator, resource, undefined);
  const property = properties.get("ProvisionedConcurrencyConfig");
  if (!property) return undefined;
  const existence = existenceOf(evaluator, resource);
  if (existence === false) return undefined;
  const place = evaluator.placeOf(resource.keyNode);
  const written = memberSettingOf(evaluator, property, "ProvisionedConcurrentExecutions", place);
  if (!written) return undefined;

  const id = references.functionOf(resource);
  const draft = id === undefined ? undefined : drafts.get(id);
  if (!draft) {
    const absent = id !== undefined;
    if (absent) return undefined;
    return {
      place,
      reason: `${resource.logicalId} provisions ${phrase(written.value)} for a function that is not in this template`,
    };
  }
  const own =
    resource.type === "AWS::Lambda::Version"
      ? undefined
      : qualifierOf(propertyValue(evaluator, properties.get("Name")));
  let setting = { ...written, qualifier: own ?? resource.logicalId };
  if (existence.refusal !== undefined) setting = onlyIf(setting, existence.refusal);
  else if (existence.condition !== undefined && existence.condition !== draft.condition) {
    setting = onlyIf(setting, `condition ${existence.condition} of ${resource.logicalId} is not decided`);
  }
  draft.provisioned.push(setting);
  return undefined;
}

function phrase(value: Value): string {
  return typeof value === "number" ? String(value) : "concurrency";
}
