import { partitionOf } from "../partitions.ts";
import { type CaseClass, type CaseGroup, type CaseVariable, digitsOf } from "./stackCases.ts";

/** Classes by name of the variable. */
export type When = ReadonlyMap<string, CaseClass>;

/** The class of each variable in one combination. */
export function classesIn(variables: readonly CaseVariable[], index: number): When {
  const digits = digitsOf(variables, index);
  return new Map(variables.map(({ name, classes }, i) => [name, classes[digits[i] as number] as CaseClass]));
}

/** A Region lies in one partition, so not every combination of the two can be. */
export function isConsistent(classes: When): boolean {
  const region = classes.get("AWS::Region");
  const partition = typeof region === "string" ? partitionOf(region) : undefined;
  if (!partition) return true;
  const agrees = (name: string, text: string) => {
    const one = classes.get(name);
    return one === undefined || (typeof one === "string" ? one === text : !one.not.includes(text));
  };
  return agrees("AWS::Partition", partition.name) && agrees("AWS::URLSuffix", partition.urlSuffix);
}

/**
 * The classes in one combination that tell it apart for people: not those of conditions that are open both ways.
 * @param only positions of the variables that matter; all when left out
 */
export function whenOf(variables: readonly CaseVariable[], index: number, only?: readonly number[]): When {
  const digits = digitsOf(variables, index);
  const when = new Map<string, CaseClass>();
  variables.forEach(({ name, kind, classes }, i) => {
    if (kind === "condition" || classes.length < 2 || only?.includes(i) === false) return;
    when.set(name, classes[digits[i] as number] as CaseClass);
  });
  return when;
}

/** Combinations of a group by what tells them apart for people, in the order of the combinations; `only` as for `whenOf`. */
export function indexesByWhen(
  { variables }: CaseGroup,
  indexes: readonly number[],
  only?: readonly number[],
): readonly { readonly when: When; readonly indexes: readonly number[] }[] {
  const byKey = new Map<string, { readonly when: When; readonly indexes: number[] }>();
  for (const index of indexes) {
    const when = whenOf(variables, index, only);
    const key = JSON.stringify([...when]);
    const same = byKey.get(key) ?? { when, indexes: [] };
    byKey.set(key, same);
    same.indexes.push(index);
  }
  return [...byKey.values()];
}
