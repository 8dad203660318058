import { asMap, asScalar, deref, get, keyText, scalarText } from "../syntax/lookup.ts";
import type { Node, Pair, ScalarNode } from "../syntax/nodes.ts";

/** What a parameter's declaration says about its values: what CloudFormation checks before a deployment starts. */
export interface ParameterDeclaration {
  readonly type: string;
  /** `ssm`: the value is the key of a Systems Manager parameter, and the constraints concern the key. */
  readonly kind: "string" | "number" | "list" | "ssm";
  /** The elements of a list are numbers. */
  readonly numbers: boolean;
  /** The Default as written; undefined when there is none. */
  readonly default?: ScalarNode;
  /** Of a list: what each element may be. */
  readonly allowedValues?: readonly string[];
  readonly minValue?: number;
  readonly maxValue?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly allowedPattern?: string;
  /** The value is a secret: it is not shown. */
  readonly noEcho: boolean;
}

/** Reads the declaration of a parameter. A constraint that is no text or number is left out: nothing is judged by it. */
export function declarationOf(node: Node | undefined): ParameterDeclaration {
  const type = textOf(node, "Type") ?? "String";
  const kind = kindOf(type);
  const written = asScalar(get(node, "Default"));
  const isWritten = written && (written.value !== null || written.style !== "plain") && written.style !== "empty";
  const allowedPattern = textOf(node, "AllowedPattern");
  const allowedValues = textsOf(get(node, "AllowedValues"));
  return {
    type,
    kind,
    numbers: type === "Number" || type === "List<Number>",
    noEcho: textOf(node, "NoEcho")?.toLowerCase() === "true",
    ...(isWritten && { default: written }),
    ...(allowedValues && { allowedValues }),
    ...numbersOf(node),
    ...(allowedPattern !== undefined && { allowedPattern }),
  };
}

/** Can CloudFormation refuse a text for the parameter? Most have no constraint, which is cheaper to see than to read the declaration. */
export function isConstrained(node: Node): boolean {
  const map = asMap(node);
  return map?.written.some(constrains) === true;
}

function constrains(pair: Pair): boolean {
  const key = keyText(pair);
  if (key === undefined || key === "Default" || key === "Description" || key === "NoEcho") return false;
  return key !== "Type" || asScalar(pair.value)?.text !== "String";
}

function kindOf(type: string): ParameterDeclaration["kind"] {
  if (type.startsWith("AWS::SSM::Parameter::Value")) return "ssm";
  if (type === "CommaDelimitedList" || type.startsWith("List<")) return "list";
  return type === "Number" ? "number" : "string";
}

/** The elements of a list parameter's text, as CloudFormation splits it. */
export function elementsOf(text: string): readonly string[] {
  return text === "" ? [] : text.split(",").map((item) => item.trim());
}

const bounds = { minValue: "MinValue", maxValue: "MaxValue", minLength: "MinLength", maxLength: "MaxLength" } as const;

function numbersOf(node: Node | undefined): Partial<Record<keyof typeof bounds, number>> {
  const found: Partial<Record<keyof typeof bounds, number>> = {};
  for (const [name, key] of Object.entries(bounds) as [keyof typeof bounds, string][]) {
    const text = textOf(node, key);
    if (text === undefined || text.trim() === "") continue;
    const value = Number(text);
    if (Number.isFinite(value)) found[name] = value;
  }
  return found;
}

function textOf(node: Node | undefined, key: string): string | undefined {
  const written = asScalar(get(node, key));
  return written && written.value !== null ? scalarText(written) : undefined;
}

function textsOf(node: Node | undefined): readonly string[] | undefined {
  const list = deref(node);
  if (list?.kind !== "seq" || list.items.length === 0) return undefined;
  const texts: string[] = [];
  for (const item of list.items) {
    const one = asScalar(item);
    if (!one) return undefined;
    texts.push(scalarText(one));
  }
  return texts;
}
