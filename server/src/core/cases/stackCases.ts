import type { Bounds, Place, Refusal, Value } from "../model.ts";

/** One class of values that an undecided parameter can have: a text, or anything but some texts. */
export type CaseClass = string | { readonly not: readonly string[] };

/** Something undecided that splits a stack into cases. */
export interface CaseVariable {
  /** `Stage`, `AWS::Region`; of a condition the nested stacks around it and its name: `Child/IsLarge`. */
  readonly name: string;
  /** `shared`: the same for all stacks of a pool (Region, partition, account). `condition`: open in every class, taken both ways. */
  readonly kind: "parameter" | "shared" | "condition";
  /** No value is in two of them. */
  readonly classes: readonly CaseClass[];
  /** Where the parameter is declared. */
  readonly place?: Place;
}

/** What a function is in one case. */
export interface Outcome {
  /** Undefined when it is open even in this case. */
  readonly exists: boolean | undefined;
  /** None when the function does not exist. */
  readonly reserved: Value;
  /** What one copy takes from the pool. */
  readonly claim: Bounds;
  /** Why CloudFormation refuses the deployment in this case. */
  readonly refused?: string;
  /** It is refused because a mapping has no such entry. */
  readonly noEntry?: true;
  /** Everything that is refused of it in this case, what is refused in every case left out. */
  readonly refusals: readonly Refusal[];
}

/** A function under every combination of its group's variables. */
export interface FunctionCases {
  /** Logical ids from the stack down, joined by `/`: `Child/Worker`. */
  readonly path: string;
  /** The group's variables that it depends on, as positions. */
  readonly variables: readonly number[];
  /** What it can be. */
  readonly outcomes: readonly Outcome[];
  /** By combination of the group: the position in `outcomes`. Functions that depend on the same things share one list. */
  readonly at: readonly number[];
}

/** Variables that meet in some function, with every combination of their classes; the last variable changes fastest. */
export interface CaseGroup {
  readonly variables: readonly CaseVariable[];
  /** How many combinations there are, the impossible ones included; at most `maxCases`. */
  readonly size: number;
  readonly functions: readonly FunctionCases[];
  /** The combinations that can be deployed, ascending. */
  readonly possible: readonly number[];
}

/** The cases of a stack, its nested stacks included. Groups do not depend on each other. */
export interface StackCases {
  readonly groups: readonly CaseGroup[];
  /** Variables that meet in more than `maxCases` combinations: their functions keep plain bounds. */
  readonly cut: readonly { readonly variables: readonly CaseVariable[]; readonly size: number }[];
}

/** More combinations of one group than this are not looked at one by one. */
export const maxCases = 256;

/** How many combinations of classes some variables have. */
export function sizeOf(variables: readonly CaseVariable[]): number {
  return variables.reduce((size, { classes }) => size * classes.length, 1);
}

/** The class of each variable in one combination, by position. */
export function digitsOf(variables: readonly CaseVariable[], index: number): number[] {
  const digits = new Array<number>(variables.length);
  let rest = index;
  for (let i = variables.length - 1; i >= 0; i--) {
    const { length } = (variables[i] as CaseVariable).classes;
    digits[i] = rest % length;
    rest = Math.floor(rest / length);
  }
  return digits;
}

/** What a function is in a combination of its group. */
export function outcomeIn({ outcomes, at }: FunctionCases, index: number): Outcome {
  return outcomes[at[index] as number] as Outcome;
}

/** Everything that a function can be in a combination that can be deployed. */
export function possibleOutcomes({ possible }: CaseGroup, { outcomes, at }: FunctionCases): readonly Outcome[] {
  const positions = new Set<number>();
  for (const index of possible) {
    positions.add(at[index] as number);
    if (positions.size === outcomes.length) break;
  }
  return [...positions].map((position) => outcomes[position] as Outcome);
}
