import { type Evaluated, hole, scalar, undecided } from "../intrinsics/evaluated.ts";
import { spanOf } from "../intrinsics/intrinsic.ts";
import { declarationOf, type ParameterDeclaration } from "../intrinsics/parameterDeclaration.ts";
import { sharedNames, type TemplateInstance } from "../template/instance.ts";
import type { CaseClass, CaseVariable } from "./stackCases.ts";

/**
 * An undecided parameter with its classes: its AllowedValues; else each text that it is told apart by, and anything else.
 * Undefined when it can be anything, so that nothing is split.
 * @param root the stack's own template
 */
export function variableOf(root: TemplateInstance, name: string, texts: ReadonlySet<string>): CaseVariable | undefined {
  if (name.startsWith("AWS::")) return several(name, sharedNames.has(name) ? "shared" : "parameter", withOthers(texts));
  const node = root.evaluator.parameterNodes.get(name);
  if (!node) return undefined;
  const declaration = declarationOf(node);
  const place = { uri: root.uri, ...spanOf(node) };
  const variable = several(name, "parameter", classesOf(declaration, texts));
  return variable && { ...variable, place };
}

/** What a parameter is in a class. */
export function valueIn(root: TemplateInstance, name: string, one: CaseClass): Evaluated {
  if (typeof one === "string") return scalar(one);
  const node = root.evaluator.parameterNodes.get(name);
  const bounds = node ? numbersLeft(declarationOf(node), new Set(one.not)) : undefined;
  const reason = `${name.startsWith("AWS::") ? name : `parameter ${name}`} is none of the values it is compared with`;
  return undecided(reason, { not: new Set(one.not), sketch: hole(name), ...bounds });
}

function several(name: string, kind: CaseVariable["kind"], classes: readonly CaseClass[]): CaseVariable | undefined {
  const [only, ...others] = classes;
  const isAnything = only === undefined || (typeof only !== "string" && only.not.length === 0);
  return others.length > 0 || !isAnything ? { name, kind, classes } : undefined;
}

function classesOf(declaration: ParameterDeclaration, texts: ReadonlySet<string>): readonly CaseClass[] {
  const { kind, allowedValues } = declaration;
  if (kind !== "ssm" && allowedValues) return [...new Set(allowedValues)];
  if (kind !== "number") return withOthers(texts);
  const possible = [...texts].filter((text) => isWithin(declaration, text));
  const { min, max } = numbersLeft(declaration, texts);
  const none = min !== undefined && max !== undefined && min > max;
  return none ? possible : [...possible, { not: [...texts] }];
}

function withOthers(texts: ReadonlySet<string>): readonly CaseClass[] {
  return [...texts, { not: [...texts] }];
}

function isWithin({ minValue, maxValue }: ParameterDeclaration, text: string): boolean {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return value >= (minValue ?? Number.NEGATIVE_INFINITY) && value <= (maxValue ?? Number.POSITIVE_INFINITY);
}

/** The whole numbers that a Number parameter can still be, without texts at the ends; below 0 none is a count. */
function numbersLeft({ kind, minValue, maxValue }: ParameterDeclaration, not: ReadonlySet<string>) {
  if (kind !== "number") return {};
  let min = minValue === undefined ? undefined : Math.max(0, Math.ceil(minValue));
  let max = maxValue === undefined || maxValue < 0 ? undefined : Math.floor(maxValue);
  while (min !== undefined && (max === undefined || min <= max) && not.has(String(min))) min++;
  while (max !== undefined && (min === undefined || max >= min) && max >= 0 && not.has(String(max))) max--;
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}
