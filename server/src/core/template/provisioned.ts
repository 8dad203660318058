import { nothing } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import type { ProvisionedSetting, Refusal, Value } from "../model.ts";
import { existenceOf, type FunctionDraft, openTo, refusedCondition, underCondition } from "./functions.ts";
import { concurrencyKinds, misspelt } from "./misspelt.ts";
import { refusedOnLatest } from "./neverProvisioned.ts";
import { type Properties, propertiesOf, propertyValue } from "./property.ts";
import type { References } from "./references.ts";
import { maybe, refusedSettings } from "./refusedSettings.ts";
import type { BlindSpot, Resource } from "./resources.ts";
import { qualifierOf } from "./samAlias.ts";
import { memberSettingOf, provisionedMember } from "./settings.ts";

/** Provisioned concurrency for a function that is not in this template: that claim is not counted. */
export interface Elsewhere {
  readonly spot: BlindSpot;
  readonly refused: readonly Refusal[];
}

/** No reservation is known of such a function. */
const none = { value: null, sources: [], origin: "absent" } as const;

/**
 * Adds the provisioned concurrency of an `AWS::Lambda::Alias` or `AWS::Lambda::Version` to its function. Answers what it
 * found when the function is not in this template.
 */
export function addProvisioned(
  evaluator: Evaluator,
  resource: Resource,
  references: References,
  drafts: ReadonlyMap<string, FunctionDraft>,
): Elsewhere | undefined {
  const properties = propertiesOf(evaluator, resource, undefined);
  const property = properties.get("ProvisionedConcurrencyConfig");
  const existence = existenceOf(evaluator, resource);
  if (existence === false) return undefined;
  const near = [...refusedCondition(existence), ...nearMisses(evaluator, resource, properties)];
  const owner = near.length === 0 ? undefined : drafts.get(references.functionOf(resource) ?? "");
  owner?.refused.push(...near);
  if (!property) return undefined;
  const place = evaluator.placeOf(resource.keyNode);
  const written = memberSettingOf(evaluator, property, provisionedMember, { place, sam: false });
  if (!written) return undefined;

  const alias = resource.type === "AWS::Lambda::Alias" ? propertyValue(evaluator, properties.get("Name")) : nothing();
  const qualifier = qualifierOf(alias) ?? resource.logicalId;
  const setting: ProvisionedSetting = {
    ...written,
    qualifier,
    key: evaluator.placeOf(property.entry.keyNode),
    ...(resource.type === "AWS::Lambda::Version" && { onVersion: true }),
  };
  const id = references.functionOf(resource);
  if (id === undefined) {
    const reason = `${resource.logicalId} provisions ${phrase(written.value)} for a function that is not in this template`;
    const open = existence.condition === undefined ? undefined : `condition ${existence.condition} is not decided`;
    const refused = [
      ...refusedSettings({ ...none, place }, [setting], []),
      ...refusedOnLatest(evaluator, properties, setting),
    ];
    return {
      spot: typeof written.value === "number" ? { place, reason, most: written.value } : { place, reason },
      refused: refused.map((refusal) => {
        const own = { ...refusal, message: `${resource.logicalId} ${refusal.message}` };
        return open === undefined ? own : maybe(own, open);
      }),
    };
  }
  const draft = drafts.get(id);
  if (!draft) return undefined;
  const placed = underCondition(setting, resource, existence, draft);
  draft.provisioned.push(placed);
  const open = openTo(resource, existence, draft);
  for (const refusal of refusedOnLatest(evaluator, properties, placed)) {
    draft.refused.push(open === undefined ? refusal : maybe(refusal, open));
  }
  return undefined;
}

function nearMisses(evaluator: Evaluator, { logicalId }: Resource, properties: Properties): Refusal[] {
  const config = properties.get("ProvisionedConcurrencyConfig")?.entry.value;
  return [
    ...misspelt(properties.map, logicalId, concurrencyKinds.qualified, evaluator.placeOf),
    ...misspelt(config, "ProvisionedConcurrencyConfig", concurrencyKinds.provisioned, evaluator.placeOf),
  ];
}

function phrase(value: Value): string {
  return typeof value === "number" ? String(value) : "concurrency";
}
