import type { Source } from "../model.ts";

/** Three-valued: decided true or false, or open with the reason. */
export type Truth = Decided | Open;

/** True or false. */
export interface Decided {
  readonly value: boolean;
  readonly sources: readonly Source[];
}

/** Neither, with the reason. */
export interface Open {
  readonly value: undefined;
  /** A phrase that fits behind "unknown: ". */
  readonly reason: string;
  readonly sources: readonly Source[];
  /** CloudFormation refuses the condition itself: not declared, circular, not a condition. */
  readonly refused?: true;
  /** It is refused because it looks up a mapping entry that is not there. */
  readonly noEntry?: true;
  /** Unless what is not declared here is declared where this part of a template is put, or by a macro. */
  readonly elsewhere?: true;
}

/** Does CloudFormation refuse a condition for certain? Why, as a phrase; a mapping entry that is not there has its own finding. */
export function refusalOf(truth: Truth): string | undefined {
  return truth.value === undefined && truth.refused && !truth.elsewhere && !truth.noEntry ? truth.reason : undefined;
}
