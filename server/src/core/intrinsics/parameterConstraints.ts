import { matchesPattern } from "./allowedPattern.ts";
import { elementsOf, type ParameterDeclaration } from "./parameterDeclaration.ts";

/** Why CloudFormation refuses a value of a parameter. */
export interface Violation {
  /** What goes on after the parameter's name: `is 60, above its MaxValue of 50`. */
  readonly problem: string;
  /** What goes on after `Give it `: `at most 50`. */
  readonly advice: string;
}

/**
 * What is wrong with a value of a parameter; undefined when nothing is known against it. Of a list each element is looked at, of a
 * Systems Manager parameter the key.
 */
export function violationOf(declaration: ParameterDeclaration, text: string): Violation | undefined {
  const isList = declaration.kind === "list";
  for (const one of isList ? elementsOf(text) : [text]) {
    const found = breach(declaration, one);
    if (!found) continue;
    const value = declaration.noEcho ? "a value (NoEcho)" : shown(one, declaration.numbers);
    return { problem: `${isList ? "holds" : "is"} ${value}, ${found.why}`, advice: found.advice };
  }
  return undefined;
}

interface Breach {
  readonly why: string;
  readonly advice: string;
}

function breach(declaration: ParameterDeclaration, text: string): Breach | undefined {
  const { numbers, allowedValues, allowedPattern } = declaration;
  if (numbers && isNoNumber(text)) return { why: "which is no number", advice: "a number" };
  if (allowedValues && !allowedValues.some((allowed) => same(allowed, text, numbers))) {
    const listed = few(allowedValues);
    return { why: `which is none of its AllowedValues (${listed})`, advice: "one of these" };
  }
  const outside = numbers ? outOfRange(declaration, Number(text)) : wrongLength(declaration, text);
  if (outside || numbers || allowedPattern === undefined) return outside;
  if (matchesPattern(allowedPattern, text) !== false) return undefined;
  return { why: `which its AllowedPattern ${cut(allowedPattern)} does not match`, advice: "a value that does" };
}

function isNoNumber(text: string): boolean {
  return text.trim() === "" || Number.isNaN(Number(text));
}

/** How CloudFormation compares `1` with `1.0` is not documented: numbers that are equal are not refused. */
function same(allowed: string, text: string, numbers: boolean): boolean {
  return allowed === text || (numbers && !isNoNumber(allowed) && Number(allowed) === Number(text));
}

function outOfRange({ minValue, maxValue }: ParameterDeclaration, value: number): Breach | undefined {
  if (minValue !== undefined && value < minValue)
    return { why: `below its MinValue of ${minValue}`, advice: `at least ${minValue}` };
  if (maxValue !== undefined && value > maxValue)
    return { why: `above its MaxValue of ${maxValue}`, advice: `at most ${maxValue}` };
  return undefined;
}

function wrongLength({ kind, minLength, maxLength }: ParameterDeclaration, text: string): Breach | undefined {
  if (kind === "list") return undefined;
  if (minLength !== undefined && text.length < minLength)
    return { why: `shorter than its MinLength of ${minLength}`, advice: `at least ${minLength} characters` };
  if (maxLength !== undefined && text.length > maxLength)
    return { why: `longer than its MaxLength of ${maxLength}`, advice: `at most ${maxLength} characters` };
  return undefined;
}

function shown(text: string, numbers: boolean): string {
  return numbers && !isNoNumber(text) ? text : `"${cut(text)}"`;
}

function few(texts: readonly string[]): string {
  const rest = texts.length - 8;
  const listed = texts.slice(0, 8).map(cut).join(", ");
  return rest > 0 ? `${listed} and ${rest} more` : listed;
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
