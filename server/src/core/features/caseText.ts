import { caseLabel, caseName, firstFew } from "../cases/caseText.ts";
import { casesOfFunction, type FunctionCase, inTextOrder } from "../cases/functionCases.ts";
import { isUnknown, valueText } from "../wording/values.ts";
import type { SettingUse } from "./uses.ts";

/**
 * The cases of a reservation that is not decided, in the order of the classes; where there are too many to show all, the largest
 * first. Empty when it does not split, or is provisioned concurrency.
 */
function casesOf({ which, setting, claim }: SettingUse): readonly FunctionCase[] {
  if (which !== "reserved" || !claim.cases || !isUnknown(setting.value)) return [];
  return inTextOrder(casesOfFunction(claim.cases.group, claim.cases.own));
}

/** `200`, `dev 20 · prod 940`: the value of a setting, case by case where it is not decided. */
export function settingValue(use: SettingUse): string {
  const cases = casesOf(use);
  if (cases.length === 0) return valueText(use.setting.value);
  const named = cases.map(({ when, reserved }) => [caseLabel(when), valueText(reserved)] as const);
  // The parameter is the number itself.
  const isItself = named.every(([label, value]) => label === value);
  return firstFew(
    named.map(([label, value]) => (isItself ? value : `${label}${/^\d/.test(label) ? " →" : ""} ${value}`)),
    " · ",
  );
}

/** `20 with Stage=dev, 940 with Stage=prod`: all cases, for a tooltip; empty where there is one value. */
export function allCases(use: SettingUse): string {
  return casesOf(use)
    .map(({ when, reserved }) => `${valueText(reserved)} with ${caseName(when)}`)
    .join(", ");
}
