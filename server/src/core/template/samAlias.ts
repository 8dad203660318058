import { type Evaluated, readable, sketchOf } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import { type Intrinsic, intrinsicOf } from "../intrinsics/intrinsic.ts";
import { nameAt } from "../intrinsics/nodeText.ts";
import type { Place, Refusal } from "../model.ts";
import { asScalar } from "../syntax/lookup.ts";
import { isNull, type Properties, type Property, propertyValue } from "./property.ts";

/** What SAM makes of `AutoPublishAlias`. */
export interface SamAlias {
  /** The alias name; `?` when SAM refuses what is written. Absent when there is no alias. */
  readonly qualifier?: string;
  readonly refused?: Refusal;
}

/** Names that SAM takes for an alias; Lambda itself takes the same. */
const aliasName = /^(?!\d+$)[A-Za-z0-9_-]+$/;

/** Pseudo parameters that SAM knows itself. */
const knownToSam = new Set(["AWS::Region", "AWS::Partition"]);

/**
 * SAM makes resources out of the alias name before CloudFormation looks at any intrinsic, so it takes a text or a Ref to a
 * parameter and refuses the template for anything else, whatever it would become.
 */
export function samAlias(evaluator: Evaluator, properties: Properties, owner: Place): SamAlias {
  const property = properties.get("AutoPublishAlias");
  if (!property || isNull(property)) return {};
  const value = propertyValue(evaluator, property);
  // AWS::LanguageExtensions may have settled an intrinsic before.
  const why = evaluator.extended ? undefined : whyRefused(evaluator, property, value);
  if (why !== undefined) return { qualifier: "?", refused: refusal(evaluator, property, owner, why) };
  const qualifier = qualifierOf(value);
  return qualifier === undefined ? {} : { qualifier };
}

/** The name of an alias; one that is not decided is shown as its `${Parameter}`. */
export function qualifierOf(value: Evaluated): string | undefined {
  if (value.kind === "nothing") return undefined;
  const sketch = sketchOf(value);
  if (sketch !== undefined) return sketch === "" ? undefined : readable(sketch);
  return value.kind === "undecided" ? "?" : undefined;
}

function whyRefused(evaluator: Evaluator, { entry }: Property, value: Evaluated): string | undefined {
  const call = intrinsicOf(entry.value);
  if (call) return whyRefusedCall(evaluator, call, entry.scope, value);
  const written = asScalar(entry.value);
  if (!written || value.kind !== "scalar") return "which is no text";
  if (typeof written.value !== "string") return `which is ${written.text} without quotes and so no text`;
  return value.text === "" ? undefined : whyRefusedName(value.text);
}

function whyRefusedCall(
  evaluator: Evaluator,
  call: Intrinsic,
  scope: Property["entry"]["scope"],
  value: Evaluated,
): string | undefined {
  if (call.name !== "Ref") return `which is ${call.name}`;
  const name = nameAt(call.argument, scope) ?? "";
  if (!evaluator.parameterNames.includes(name)) return knownToSam.has(name) ? undefined : `which is a Ref to ${name}`;
  if (value.kind !== "scalar") return undefined;
  return value.text === "" ? `of parameter ${name}, which is empty` : whyRefusedName(value.text);
}

function whyRefusedName(name: string): string | undefined {
  return aliasName.test(name) ? undefined : `"${name}", which is no name for an alias`;
}

function refusal(evaluator: Evaluator, property: Property, owner: Place, why: string): Refusal {
  const { value, keyNode } = property.entry;
  const inherited = property.from === "globals";
  const written = asScalar(value);
  const isWord = written && intrinsicOf(value) === undefined && typeof written.value === "boolean";
  return {
    rule: "never-accepted",
    property: "AutoPublishAlias",
    message: `has an AutoPublishAlias ${why}, and SAM takes only a text of letters, digits, - and _ or a Ref to a parameter, so it refuses the template. Write the name itself; what differs between stages is decided by ProvisionedConcurrencyConfig behind !If.`,
    place: inherited ? owner : evaluator.placeOf(value),
    ...(inherited
      ? { related: [{ place: evaluator.placeOf(value), message: "The value comes from Globals.Function." }] }
      : {}),
    fix: {
      mend: { how: "never-accepted", at: evaluator.placeOf(keyNode).start, property: "AutoPublishAlias" },
      ...(isWord && !inherited
        ? { replacement: { title: `Quote ${written.text}`, text: JSON.stringify(written.text) } }
        : {}),
    },
  };
}
