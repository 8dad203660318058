import type { Evaluator } from "../intrinsics/evaluator.ts";
import type { Place, ProvisionedSetting, Refusal } from "../model.ts";
import { concurrencyKinds, misspelt } from "./misspelt.ts";
import { isEmpty, isNull, type Properties, type Property } from "./property.ts";
import { generatedAliasId } from "./references.ts";
import type { Resource } from "./resources.ts";
import { samAlias } from "./samAlias.ts";
import { memberSettingOf, provisionedMember } from "./settings.ts";

/** What a SAM function's own properties say about provisioned concurrency. */
export interface SamProvisioned {
  /** Logical id of the alias that SAM generates. */
  readonly aliasId?: string;
  readonly provisioned: ProvisionedSetting[];
  readonly refused: Refusal[];
}

/** Reads `AutoPublishAlias` with `ProvisionedConcurrencyConfig`. */
export function samProvisioned(
  evaluator: Evaluator,
  properties: Properties,
  resource: Resource,
  place: Place,
): SamProvisioned {
  const { qualifier, refused } = samAlias(evaluator, properties, place);
  const found: SamProvisioned = {
    ...(qualifier === undefined ? {} : { aliasId: generatedAliasId(resource.logicalId, qualifier) }),
    provisioned: [],
    refused: refused ? [refused] : [],
  };
  const property = properties.get("ProvisionedConcurrencyConfig");
  if (!property || isEmpty(property)) return found;
  if (property.from === "resource") {
    const { value } = property.entry;
    const of = "ProvisionedConcurrencyConfig";
    found.refused.push(...misspelt(value, of, concurrencyKinds.provisioned, evaluator.placeOf));
  }
  const setting = memberSettingOf(evaluator, property, provisionedMember, { place, sam: true });
  const at = property.from === "globals" ? place : evaluator.placeOf(property.entry.keyNode);
  const combined = refusedTogether(evaluator, properties, property, at, qualifier);
  if (combined) found.refused.push(combined);
  else if (setting) {
    const key = evaluator.placeOf(property.entry.keyNode);
    found.provisioned.push({ ...setting, qualifier: qualifier ?? "", key });
  }
  return found;
}

/** SAM's transform refuses these combinations; it does not look into what is set, so an intrinsic counts, too. */
function refusedTogether(
  evaluator: Evaluator,
  properties: Properties,
  property: Property,
  place: Place,
  qualifier: string | undefined,
): Refusal | undefined {
  const common = { rule: "provisioned-needs-alias", property: "ProvisionedConcurrencyConfig", place } as const;
  const remove = (key: string, { entry }: Property) => ({ property: key, at: evaluator.placeOf(entry.keyNode).start });
  const own = remove("ProvisionedConcurrencyConfig", property);
  const capacity = properties.get("CapacityProviderConfig");
  const tenancy = properties.get("TenancyConfig");
  const excluding =
    capacity && !isNull(capacity)
      ? remove("CapacityProviderConfig", capacity)
      : tenancy && !isEmpty(tenancy)
        ? remove("TenancyConfig", tenancy)
        : undefined;
  if (excluding) {
    const message = `has both ProvisionedConcurrencyConfig and ${excluding.property}, so SAM refuses the template. Remove one of them.`;
    return { ...common, message, fix: { remove: [own, excluding] } };
  }
  if (qualifier !== undefined) return undefined;
  const message =
    "has ProvisionedConcurrencyConfig but no AutoPublishAlias, so SAM refuses the template. Add AutoPublishAlias, or remove ProvisionedConcurrencyConfig.";
  return { ...common, message, fix: { mend: { how: "add-alias" }, remove: [own] } };
}
