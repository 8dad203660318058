import type { Mend } from "../fixData.ts";
import type { MaximumConcurrencySetting, Place, ProvisionedSetting, Refusal, Setting } from "../model.ts";

/** The numbers of a function that AWS never accepts, each with what mends it. */
export function refusedSettings(
  reserved: Setting,
  provisioned: readonly ProvisionedSetting[],
  maximumConcurrency: readonly MaximumConcurrencySetting[],
): Refusal[] {
  return [
    ...refusalOf(reserved, "ReservedConcurrentExecutions", reservedText(reserved), {
      property: "ReservedConcurrentExecutions",
    }),
    ...provisioned.flatMap((setting) =>
      refusalOf(setting, "ProvisionedConcurrentExecutions", provisionedText(setting), {
        property: "ProvisionedConcurrencyConfig",
      }),
    ),
    ...maximumConcurrency.flatMap((setting) =>
      refusalOf(setting, "MaximumConcurrency", maximumText(setting), { property: "ScalingConfig" }),
    ),
  ];
}

/** What is refused, and why with what to do. */
type Texts = readonly [what: string, why: string];

function refusalOf(
  setting: Setting,
  property: string,
  [what, why]: Texts,
  { property: owner }: Pick<Mend, "property">,
): Refusal[] {
  const { refused, sources, place, origin } = setting;
  if (!refused) return [];
  const related = sources.flatMap(({ what, place: at }) =>
    at ? [{ place: at, message: `The value comes from ${what}.` }] : [],
  );
  const written = origin === "globals" ? (sources[0]?.place ?? place) : place;
  const mend: Mend = { how: "never-accepted", at: written.start, property: owner ?? property };
  const refusal: Refusal = refused.noEntry
    ? { ...withoutEntry(property, refused.why, place), related }
    : refused.undeclared
      ? { ...undeclared(property, refused.why, place), related }
      : { rule: "never-accepted", property, message: what + why, what, place, related, fix: { mend } };
  return [refused.open === undefined ? refusal : maybe(refusal, refused.open)];
}

/** A number that is looked up where a mapping has no entry; `reason` says which, as a phrase. */
export function withoutEntry(property: string, reason: string, place: Place): Refusal {
  const message = `cannot be deployed: ${reason}, so CloudFormation refuses the template. Add the entry, or give another value.`;
  return { rule: "never-accepted", property, message, place, noEntry: reason };
}

/** A number that refers to something that is not declared; `reason` says what, as a phrase. */
export function undeclared(property: string, reason: string, place: Place): Refusal {
  const message = `cannot be deployed: ${reason}, so CloudFormation refuses the template. Declare it, or give another value.`;
  return { rule: "never-accepted", property, message, place };
}

/** A refusal that may not come to that; what was known before to be open stays. */
export function maybe(refusal: Refusal, open: string): Refusal {
  if (refusal.open !== undefined) return refusal;
  return { ...refusal, open };
}

/** `-1`, or what stands there instead of a number: a phrase behind "reserves". */
function shown({ value, refused }: Setting): string {
  return typeof value === "number" ? String(value) : `no number (${refused?.why})`;
}

function reservedText(setting: Setting): Texts {
  const asInTerraform = setting.value === -1 ? " (-1 means that in Terraform only)" : "";
  return [
    `reserves ${shown(setting)}`,
    `, and CloudFormation takes whole numbers from 0 on, so the deployment fails. Remove ReservedConcurrentExecutions for no reservation${asInTerraform}, or write a whole number.`,
  ];
}

function provisionedText(setting: ProvisionedSetting): Texts {
  if (setting.value === null) {
    return [
      `has a ProvisionedConcurrencyConfig without ProvisionedConcurrentExecutions for alias ${setting.qualifier}`,
      `, and CloudFormation refuses an empty one. Remove it; for none in some stages put all of it behind !If with AWS::NoValue.`,
    ];
  }
  return [
    `provisions ${shown(setting)} for alias ${setting.qualifier}`,
    `, and Lambda takes whole numbers from 1 on, so the deployment fails. For no provisioned concurrency remove ProvisionedConcurrencyConfig; for none in some stages put all of it behind !If with AWS::NoValue.`,
  ];
}

function maximumText(setting: MaximumConcurrencySetting): Texts {
  return [
    `has a MaximumConcurrency of ${shown(setting)} for ${setting.source}`,
    `, and Lambda takes whole numbers from 2 on, so the deployment fails. Raise it to 2 or more, or remove ScalingConfig.`,
  ];
}
