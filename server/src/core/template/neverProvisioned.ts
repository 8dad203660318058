import { type Evaluated, nothing } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import type { ProvisionedSetting, Refusal } from "../model.ts";
import { isEmpty, type Properties, type Property, propertyValue } from "./property.ts";
import { maybe } from "./refusedSettings.ts";

/** Properties of a function with which Lambda takes no provisioned concurrency, with the member and its value that say so. */
const excluding = [
  { key: "SnapStart", member: "ApplyOn", value: "PublishedVersions" },
  { key: "TenancyConfig", member: "TenantIsolationMode", value: "PER_TENANT" },
] as const;

/** Lambda: a function has either SnapStart or tenant isolation, or provisioned concurrency. */
export function refusedBeside(evaluator: Evaluator, properties: Properties, setting: ProvisionedSetting): Refusal[] {
  if (setting.refused) return [];
  const { value: provisioned, qualifier, key: own } = setting;
  const refusals: Refusal[] = excluding.flatMap(({ key, member, value }) => {
    const property = properties.get(key);
    if (!property || isEmpty(property) || textOf(memberOf(evaluator, property, member)) !== value) return [];
    return {
      rule: "provisioned-needs-alias",
      property: "ProvisionedConcurrencyConfig",
      message: `has both ${key} (${value}) and provisioned concurrency on ${qualifier}, and Lambda takes only one of them, so the deployment fails. Remove one.`,
      place: setting.origin === "globals" ? setting.place : own,
      fix: {
        remove: [
          { property: "ProvisionedConcurrencyConfig", at: own.start },
          { property: key, at: evaluator.placeOf(property.entry.keyNode).start },
        ],
      },
    };
  });
  const isOpen = typeof provisioned === "object" && provisioned !== null;
  return isOpen ? refusals.map((refusal) => maybe(refusal, provisioned.unknown)) : refusals;
}

/** Lambda: "Provisioned Concurrency Configs cannot be applied to unpublished function versions." */
export function refusedOnLatest(
  evaluator: Evaluator,
  alias: Properties,
  { qualifier, key, refused }: ProvisionedSetting,
): Refusal[] {
  if (refused) return [];
  if (textOf(propertyValue(evaluator, alias.get("FunctionVersion"))) !== "$LATEST") return [];
  return [
    {
      rule: "provisioned-needs-alias",
      property: "ProvisionedConcurrencyConfig",
      message: `has provisioned concurrency on alias ${qualifier}, which points to $LATEST, and Lambda provisions only for published versions, so the deployment fails. Point the alias to an AWS::Lambda::Version, or remove ProvisionedConcurrencyConfig.`,
      place: key,
      fix: { remove: [{ property: "ProvisionedConcurrencyConfig", at: key.start }] },
    },
  ];
}

function memberOf(evaluator: Evaluator, { entry, inherited }: Property, key: string): Evaluated {
  const outer = evaluator.evaluate(entry.value, entry.scope);
  const global = inherited && evaluator.evaluate(inherited.value, inherited.scope);
  const found = evaluator.member(outer, key) ?? (global && evaluator.member(global, key));
  return found ? evaluator.evaluate(found.value, found.scope) : nothing();
}

function textOf(value: Evaluated): string | undefined {
  return value.kind === "scalar" ? value.text : undefined;
}
