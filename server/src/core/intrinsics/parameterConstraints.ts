import { matcherOf } from "./allowedPattern.ts";
import { elementsOf, type ParameterDeclaration } from "./parameterDeclaration.ts";

/** Why CloudFormation refuses a value of a parameter. */
export interface Violation {
  /** What goes on after the parameter's name: `is 60, above its MaxValue of 50`. */
  readonly problem: string;
  /** What goes on after `Give it `: `at most 50`. */
  readonly advice: string;
}

/** Says what is wrong with a value; undefined when nothing is known against it. */
export type Judge = (text: string) => Violation | undefined;

/** States times characters: a longer value, or a larger pattern, is not judged by it. CloudFormation takes values of 4,096 bytes. */
const maxSteps = 1_000_000;

/** The judge of a parameter's values. Of a list each element is looked at, of a Systems Manager parameter the key. */
export function judgeOf(declaration: ParameterDeclaration): Judge {
  const { kind, numbers, noEcho, allowedPattern } = declaration;
  const isAllowed = allowedBy(declaration);
  const matcher = numbers || allowedPattern === undefined ? undefined : matcherOf(allowedPattern);
  return (text) => {
    const matches = matcher && matcher.states * text.length <= maxSteps ? matcher.matches : undefined;
    if (kind !== "list") return violation(text, "is");
    // Whether a list may be as a whole what AllowedValues list (`a,b`) is not documented, so it is not refused.
    const isListed = declaration.allowedValues !== undefined && isAllowed(text);
    return isListed ? undefined : firstOf(elementsOf(text), (element) => violation(element, "holds"));

    function violation(one: string, verb: string): Violation | undefined {
      const found = breach(one);
      if (!found) return undefined;
      const value = noEcho ? "a value (NoEcho)" : shown(one, numbers);
      return { problem: `${verb} ${value}, ${found.why}`, advice: found.advice };
    }

    function breach(one: string): Breach | undefined {
      if (numbers && isNoNumber(one)) return { why: "which is no number", advice: "a number" };
      if (!isAllowed(one)) {
        const listed = few(declaration.allowedValues ?? []);
        return { why: `which is none of its AllowedValues (${listed})`, advice: "one of these" };
      }
      const outside = numbers ? outOfRange(declaration, Number(one)) : wrongLength(declaration, one);
      if (outside || !matches || matches(one)) return outside;
      return {
        why: `which its AllowedPattern ${cut(allowedPattern ?? "")} does not match`,
        advice: "a value that does",
      };
    }
  };
}

interface Breach {
  readonly why: string;
  readonly advice: string;
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** How CloudFormation compares `1` with `1.0` is not documented: numbers that are equal are not refused. */
function allowedBy({ allowedValues, numbers }: ParameterDeclaration): (text: string) => boolean {
  if (!allowedValues) return () => true;
  const texts = new Set(allowedValues);
  const values = new Set(numbers ? allowedValues.filter((text) => !isNoNumber(text)).map(Number) : []);
  return (text) => texts.has(text) || values.has(Number(text));
}

function isNoNumber(text: string): boolean {
  return text.trim() === "" || Number.isNaN(Number(text));
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
    return { why: `shorter than its MinLength of ${minLength}`, advice: `at least ${characters(minLength)}` };
  if (maxLength !== undefined && text.length > maxLength)
    return { why: `longer than its MaxLength of ${maxLength}`, advice: `at most ${characters(maxLength)}` };
  return undefined;
}

function characters(count: number): string {
  return count === 1 ? "1 character" : `${count} characters`;
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
