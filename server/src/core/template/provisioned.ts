import { nothing } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import type { Value } from "../model.ts";
import { existenceOf, type FunctionDraft, qualifierOf, underCondition } from "./functions.ts";
import { propertiesOf, propertyValue } from "./property.ts";
import type { References } from "./references.ts";
import type { BlindSpot, Resource } from "./resources.ts";
import { memberSettingOf, provisionedMember } from "./settings.ts";

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
  const written = memberSettingOf(evaluator, property, provisionedMember, { place, sam: false });
  if (!written) return undefined;

  const id = references.functionOf(resource);
  if (id === undefined) {
    const reason = `${resource.logicalId} provisions ${phrase(written.value)} for a function that is not in this template`;
    return { place, reason };
  }
  const draft = drafts.get(id);
  if (!draft) return undefined;
  const alias = resource.type === "AWS::Lambda::Alias" ? propertyValue(evaluator, properties.get("Name")) : nothing();
  const qualifier = qualifierOf(alias) ?? resource.logicalId;
  draft.provisioned.push(underCondition({ ...written, qualifier }, resource, existence, draft));
  return undefined;
}

function phrase(value: Value): string {
  return typeof value === "number" ? String(value) : "concurrency";
}
